// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_words.h"
#include "access/principal_rows.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

/// Everybody who may do something, could log in, or is known by name.
class PrincipalsModel : public RowsModel<PrincipalRow> {
    Q_OBJECT
public:
    enum At : int { Who, Team, Person, Login, State, Grants, Acls, LastUsed };
    explicit PrincipalsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const PrincipalRow& row) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

protected:
    [[nodiscard]] bool isSame(const PrincipalRow& a, const PrincipalRow& b) const override {
        return a.known.principal == b.known.principal;
    }
    [[nodiscard]] std::optional<ColumnSpan> difference(const PrincipalRow& before,
                                                       const PrincipalRow& after) const override;
};

/// Enabled, disabled, not registered.
StateWords wordsOf(const PrincipalRow& row);
QString kindText(const PrincipalRow& row); ///< "service"; of one that is registered
QString kindIcon(const PrincipalRow& row);

} // namespace meshbone::ui
