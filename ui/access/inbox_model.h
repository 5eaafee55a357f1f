// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_words.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

/// A request as the inbox lists it.
struct InboxRow {
    catalog::AccessRequest request;
    QString team;                                                   ///< of who asks
    bool waitsForMe = false;                                        ///< who sits here must agree and hasn't
    bool isMine = false;                                            ///< who sits here asked
    catalog::RequestState state = catalog::RequestState::Submitted; ///< now
};

/// Requests in two lines: those that wait for me first, the oldest on top; then the others, the newest on top.
class InboxModel : public RowsModel<InboxRow> {
    Q_OBJECT
public:
    enum At : int { Request, Id, State, Asked, By, Purpose };
    explicit InboxModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const InboxRow& row) const override { return QString::fromStdString(row.request.id); }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

protected:
    [[nodiscard]] bool isSame(const InboxRow& a, const InboxRow& b) const override {
        return a.request.id == b.request.id;
    }
    [[nodiscard]] std::optional<ColumnSpan> difference(const InboxRow& before, const InboxRow& after) const override;
};

std::vector<InboxRow> inboxRows(const CatalogView& catalog, const std::string& person, TimestampMs nowMs);

} // namespace meshbone::ui
