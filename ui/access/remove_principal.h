// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/principal_rows.h"
#include "shell/page.h"
#include "widgets/dialog.h"

class QCheckBox;
class QLineEdit;

namespace meshbone::ui {

/// Takes a principal out of the catalog, on demand with its grants and its user; says what stays.
class RemovePrincipalDialog : public Dialog {
    Q_OBJECT
public:
    RemovePrincipalDialog(PageContext& context, const PrincipalRow& row, const QString& alterProblem, QWidget* parent);

signals:
    void removed(bool withUser);

private:
    void send();
    [[nodiscard]] std::vector<catalog::Submission> submissions() const;
    PageContext& m_context;
    PrincipalRow m_row;
    std::vector<std::string> m_grants; ///< that were not revoked and have not ended
    QCheckBox* m_revoke = nullptr;
    QCheckBox* m_user = nullptr;
    QLineEdit* m_why = nullptr;
    Button* m_verb = nullptr;
};

} // namespace meshbone::ui
