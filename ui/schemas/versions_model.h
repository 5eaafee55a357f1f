// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/schema_facts.h"
#include "schemas/usage_run.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

struct VersionRow {
    int version = 0, id = 0;
    TimestampMs writtenMs = -1;
    QString change, compatibility;
    bool isDeleted = false, isLatest = false, keepsLevel = true, isBroken = false;
    bool isUnused = false; ///< nobody was seen using it, and its events were all looked at
};
/// The newest first. `usage`: what is known of who uses which version; null: nobody has asked.
std::vector<VersionRow> versionRows(const SubjectFacts& facts, const UsageAnswer* usage = nullptr);

class VersionsModel : public RowsModel<VersionRow> {
    Q_OBJECT
public:
    enum At : int { Version, Id, Written, Change, Compatible };
    explicit VersionsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const VersionRow& row) const override { return QString::number(row.version); }
    [[nodiscard]] Cell cell(int row, int column) const override;
};

} // namespace meshbone::ui
