// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/explain_lists.h"
#include "access/period_choice.h"

#include <QWidget>

class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace meshbone::ui {

class ScopeEditor;

/// A change of access that is tried and not made: a grant revoked or narrowed, a principal gone, an ACL added or taken
/// away; and over how much of what was seen it is tried.
class ChangeField : public QWidget {
    Q_OBJECT
public:
    explicit ChangeField(QWidget* parent = nullptr);
    /// The grants in force and the principals to choose from, and the look that they are of.
    void setLists(const ExplainLists& lists, DriftLookPtr look);
    /// Chooses a grant of this principal, and the principal, where they are among them.
    void prefer(const std::string& principal);
    /// Fails with InvalidArgument and a sentence where nothing is said yet, or what is typed is no ACL.
    [[nodiscard]] Result<catalog::AccessChange> change(const DriftLook& look) const;
    /// Fails with InvalidArgument and a sentence where what is typed is no period.
    [[nodiscard]] Result<SeenPeriod> period() const;

signals:
    void changed();

private:
    enum Kind : int { Revoke, Drop, Add, Take, Narrow };
    void buildChoices();
    void kindChanged();
    void grantChanged();
    /// As narrow as the grant is: what is left out of it is the change.
    void showScope();
    [[nodiscard]] std::string grant() const; ///< empty: none is chosen
    [[nodiscard]] Result<catalog::AccessChange> ofGrant(const DriftLook& look) const;
    [[nodiscard]] Result<catalog::AccessChange> ofBinding() const;

    ExplainLists m_lists;
    DriftLookPtr m_look;
    Choice* m_kind = nullptr;
    LongChoice* m_grant = nullptr;
    LongChoice* m_principal = nullptr;
    QLineEdit* m_binding = nullptr;
    ScopeEditor* m_scope = nullptr;  ///< made when it is first needed: it completes from all topics
    QScrollArea* m_scroll = nullptr; ///< around it
    PeriodField* m_period = nullptr;
    QVBoxLayout* m_layout = nullptr;
};

} // namespace meshbone::ui
