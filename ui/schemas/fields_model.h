// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <catalog/schema.h>

namespace meshbone::ui {

/// The fields of a schema in the order of its text.
class FieldsModel : public RowsModel<catalog::SchemaField> {
    Q_OBJECT
public:
    enum At : int { Field, Type, Optional, Doc, Tags };
    explicit FieldsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const catalog::SchemaField& row) const override {
        return QString::fromStdString(row.path);
    }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

/// Paths are keys of rows: what a schema lists twice stands once.
std::vector<catalog::SchemaField> withoutDoubles(std::vector<catalog::SchemaField> fields);

} // namespace meshbone::ui
