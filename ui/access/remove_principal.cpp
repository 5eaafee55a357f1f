// SPDX-License-Identifier: Apache-2.0
#include "access/remove_principal.h"

#include "access/access_words.h"
#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace meshbone::ui {

RemovePrincipalDialog::RemovePrincipalDialog(PageContext& context, const PrincipalRow& row, const QString& alterProblem,
                                             QWidget* parent)
    : Dialog(tr("Remove %1").arg(text(row.known.name)),
             tr("What people know of it leaves the catalog. Grants, ACLs and a user stay, unless you take them away "
                "here; what stays is listed as not registered."),
             parent)
    , m_context(context)
    , m_row(row) {
    setObjectName(QStringLiteral("removePrincipal"));
    setModal(true);
    for (const auto& grant : context.feed.catalog()->access.grants) {
        const bool ended = grant.untilMs != catalog::kNoEnd && grant.untilMs <= nowMs();
        if (grant.scope.principal == row.known.principal && !grant.revoked && !ended) {
            m_grants.push_back(grant.id);
        }
    }
    if (!m_grants.empty()) {
        m_revoke = new QCheckBox(tr("Revoke its %n grant(s)", nullptr, static_cast<int>(m_grants.size())));
        m_revoke->setObjectName(QStringLiteral("revokeGrants"));
        m_revoke->setChecked(true);
        m_revoke->setEnabled(!row.known.disabled); // without it they would be in force again
        content()->addWidget(m_revoke);
    }
    if (!row.credentials.empty()) {
        m_user = new QCheckBox(tr("Remove its SCRAM user; the password can't come back"));
        m_user->setObjectName(QStringLiteral("removeUser"));
        m_user->setEnabled(alterProblem.isEmpty());
        m_user->setToolTip(alterProblem);
        content()->addWidget(m_user);
    }
    m_why = new QLineEdit;
    m_why->setObjectName(QStringLiteral("why"));
    addField(tr("Why"), m_why, tr("Kept in the ledger beside the change; a grant is revoked with a reason only."));
    m_verb = addVerb(tr("Remove"), true);
    connect(m_verb, &Button::clicked, this, &RemovePrincipalDialog::send);
}

std::vector<catalog::Submission> RemovePrincipalDialog::submissions() const {
    const auto why = m_why->text().trimmed().toStdString();
    std::vector<catalog::Submission> all;
    if (m_revoke != nullptr && m_revoke->isChecked()) {
        for (const auto& id : m_grants) {
            all.push_back({catalog::RevokeGrant{id}, why, {}});
        }
    }
    const auto& known = m_row.known;
    if (known.disabled) { // it is remembered as disabled as long as it could have grants
        all.push_back(
            {catalog::PutPrincipal{known.principal, known.name, known.kind, known.team, known.person, false}, why, {}});
    }
    all.push_back({catalog::RemovePrincipal{known.principal}, why, {}});
    return all;
}

void RemovePrincipalDialog::send() {
    const bool revokes = m_revoke != nullptr && m_revoke->isChecked();
    if (revokes && m_why->text().trimmed().isEmpty()) {
        sayError(tr("Say why its grants are revoked; those who have them will read it."));
        m_why->setFocus();
        return;
    }
    m_verb->setReason(tr("The entries are being written to the ledger."));
    submitEntries(m_context, this, tr("Removing %1").arg(text(m_row.known.name)), submissions(),
                  [this](const Result<catalog::LedgerEntry>& entry) {
                      m_verb->setReason({});
                      if (!entry) {
                          sayError(text(entry.error().message));
                          return;
                      }
                      emit removed(m_user != nullptr && m_user->isChecked());
                      accept();
                  });
}

} // namespace meshbone::ui
