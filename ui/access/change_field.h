// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"

#include <QWidget>

class QLineEdit;

namespace meshbone::ui {

class Choice;

/// A change of access that is tried and not made: a grant revoked, a principal gone, an ACL added or taken away; and
/// over how much of what was seen it is tried.
class ChangeField : public QWidget {
    Q_OBJECT
public:
    explicit ChangeField(QWidget* parent = nullptr);
    /// The grants in force and the principals to choose from, those of `first` in front.
    void setLook(const DriftLook& look, const std::string& first);
    /// Fails with InvalidArgument and a sentence where nothing is said yet, or what is typed is no ACL.
    [[nodiscard]] Result<catalog::AccessChange> change(const DriftLook& look) const;
    [[nodiscard]] int days() const;

signals:
    void changed();

private:
    enum Kind : int { Revoke, Drop, Add, Take };
    void kindChanged();

    Choice* m_kind = nullptr;
    Choice* m_grant = nullptr;
    Choice* m_principal = nullptr;
    QLineEdit* m_binding = nullptr;
    Choice* m_days = nullptr;
};

} // namespace meshbone::ui
