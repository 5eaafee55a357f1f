// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "shell/navigator.h"
#include "widgets/table_model.h"

#include <catalog/schema_book.h>
#include <lineage/lineage.h>

namespace meshbone::ui {

/// Something that has to do with a subject.
struct UseRow {
    QString icon, name, kind, detail, domain;
    Place place;             ///< where it is shown
    TimestampMs lastMs = -1; ///< when it was seen last
};

/// What a job needs to know who uses a subject.
struct UseSources {
    catalog::SchemaBookPtr book;
    std::shared_ptr<const CatalogView> catalog;
    lineage::Lineage* lineage = nullptr;
    TimestampMs nowMs = 0;
    std::vector<catalog::SchemaFetch> fetches = {}; ///< what the registry tells; empty: it can't
};
/// The topic that it describes, products with a port on it, subjects that refer to it, who asked the registry for
/// its schemas, who may write and read the topic by grants, and who was seen doing so. `topic` may be empty.
std::vector<UseRow> usesOf(const UseSources& sources, const std::string& subject, const std::string& topic);

class UsedByModel : public RowsModel<UseRow> {
    Q_OBJECT
public:
    enum At : int { Name, Kind, Detail, Seen };
    explicit UsedByModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const UseRow& row) const override {
        return row.kind + u'\n' + row.name + u'\n' + row.detail;
    }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
