// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <catalog/schema_violations.h>

namespace meshbone::ui {

/// What is wrong with events of a topic, with how many of them.
struct CauseRow {
    QString cause;
    qint64 records = 0;
};
std::vector<CauseRow> causeRows(const catalog::TopicViolations& topic); ///< the most frequent first

class CausesModel : public RowsModel<CauseRow> {
    Q_OBJECT
public:
    enum At : int { Cause, Records };
    explicit CausesModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const CauseRow& row) const override { return row.cause; }
    [[nodiscard]] Cell cell(int row, int column) const override;
};

/// One event that isn't as its schema says.
struct ViolationRow {
    catalog::SchemaViolation violation;
    QString id; ///< what tells it from the others: refused ones have no offset
};
std::vector<ViolationRow> violationRows(const catalog::TopicViolations& topic); ///< the last one first

class ViolationsModel : public RowsModel<ViolationRow> {
    Q_OBJECT
public:
    enum At : int { Time, Where, Field, Why, Writer };
    explicit ViolationsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const ViolationRow& row) const override { return row.id; }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
