// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/schema_words.h"
#include "schemas/topic_names.h"
#include "widgets/table_model.h"

#include <catalog/catalog.h>
#include <catalog/schema_book.h>

namespace meshbone::ui {

/// A topic of a product with a subject that describes it; without one where none does.
struct ProductSchemaRow {
    QString topic;
    bool isOutput = true;
    QString subject; ///< empty: no schema is registered
    int version = 0; ///< the latest
    QString language, level;
    TimestampMs changedMs = -1; ///< when the latest version was registered
};
/// The outputs first, in the order of the ports. `names` are all topics.
std::vector<ProductSchemaRow> productSchemaRows(const catalog::Product& product, const catalog::SchemaBook& book,
                                                const TopicNames& names);

class ProductSchemasModel : public RowsModel<ProductSchemaRow> {
    Q_OBJECT
public:
    enum At : int { Topic, Port, Subject, Version, Language, Level, Changed };
    explicit ProductSchemasModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const ProductSchemaRow& row) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
