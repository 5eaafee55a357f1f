// SPDX-License-Identifier: Apache-2.0
#include "access/principal_form.h"

#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <QCheckBox>
#include <QCompleter>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

PrincipalForm::PrincipalForm(PageContext& context, const std::optional<PrincipalRow>& row, const QStringList& open,
                             QWidget* parent)
    : CatalogForm(
          context, row && row->isRegistered ? tr("Edit principal") : tr("Register a principal"),
          tr("A principal is what a client logs in as. Here stands what people know of it: whose it is, and who "
             "answers for it. It may be registered before it exists."),
          row && row->isRegistered ? tr("Save") : tr("Register"), parent)
    , m_row(row) {
    if (row) {
        auto* name = new Label(text(row->known.principal), TextStyle::Mono);
        name->setWordWrap(true);
        addField(tr("Principal"), name);
    } else {
        m_principal = addLine(QStringLiteral("principal"), tr("Principal"), QStringLiteral("User:"),
                              tr("Type and name as the backbone has them, for example “User:svc-orders”; compared byte "
                                 "by byte, blanks and capitals too."));
        m_principal->setCompleter(new QCompleter(open, m_principal));
    }
    m_name = addLine(QStringLiteral("name"), tr("Name for people"), row ? text(row->known.name) : QString());
    m_kind = new Choice(tr("Kind"));
    m_kind->setObjectName(QStringLiteral("kind"));
    m_kind->addItems({tr("Service: a program that runs by itself"), tr("Person: somebody's own"),
                      tr("Tool: shows or moves what others write")});
    m_kind->setCurrentIndex(row ? static_cast<int>(row->known.kind) : 0);
    addField(tr("Kind"), m_kind);
    m_team = addTeam(QStringLiteral("team"), tr("Team that answers for it"), tr("none: the admins"),
                     row ? text(row->known.team) : QString());
    m_person = addPerson(QStringLiteral("person"), tr("Person whose it is"), tr("nobody's in particular"),
                         row ? text(row->known.person) : QString());
    finishForm();
}

Result<catalog::Submission> PrincipalForm::submission() const {
    catalog::PutPrincipal put;
    put.principal = subject().toStdString();
    put.name = m_name->text().trimmed().toStdString();
    put.kind = static_cast<catalog::PrincipalKind>(m_kind->currentIndex());
    put.team = m_team->currentData().toString().toStdString();
    put.person = m_person->currentData().toString().toStdString();
    put.disabled = m_row && m_row->known.disabled;
    if (put.name.empty()) {
        put.name = userOf(put.principal).empty() ? put.principal : userOf(put.principal);
    }
    const auto* known = context().feed.catalog()->access.principal(put.principal);
    if (!m_row && known != nullptr) {
        return fail(ErrorCode::AlreadyExists,
                    tr("“%1” is registered already; edit it instead.").arg(subject()).toStdString());
    }
    return catalog::Submission{std::move(put), why(),
                               m_row && m_row->isRegistered ? std::optional(m_row->known.revision) : std::nullopt};
}

QString PrincipalForm::subject() const {
    return m_row ? text(m_row->known.principal) : m_principal->text(); // never trimmed: blanks are a part of it
}

PrincipalStateForm::PrincipalStateForm(PageContext& context, const PrincipalRow& row, bool disable,
                                       const QString& alterProblem, QWidget* parent)
    : CatalogForm(context,
                  disable ? tr("Disable %1").arg(text(row.known.name))
                          : tr("Enable %1 again").arg(text(row.known.name)),
                  {}, disable ? tr("Disable") : tr("Enable"), parent)
    , m_row(row)
    , m_disable(disable) {
    setObjectName(QStringLiteral("principalState"));
    if (disable) {
        sayEffects(alterProblem);
    } else {
        say(tr("Its grants that haven't ended meanwhile are in force again."));
        say(row.credentials.empty() ? tr("It has no SCRAM user, and the old password can't come back: create the user "
                                         "anew afterwards.")
                                    : tr("Its SCRAM user is as it was."));
    }
    finishForm();
}

void PrincipalStateForm::say(const QString& sentence) {
    auto* label = new Label(sentence, TextStyle::Body, Token::Text2);
    label->setWordWrap(true);
    content()->addWidget(label);
}

void PrincipalStateForm::sayEffects(const QString& alterProblem) {
    say(m_row.grants == 0
            ? tr("It has no grant in force.")
            : tr("%n (grant goes|grants go) out of force, and the ACLs of it are taken from the backbone.", nullptr,
                 static_cast<int>(m_row.grants)));
    const auto& records = context().feed.catalog()->access.records;
    const auto ours = std::ranges::count_if(records, [&](const catalog::BindingRecord& record) {
        return record.binding.principal == m_row.known.principal &&
               record.standing == catalog::BindingStanding::Created;
    });
    if (m_row.areAclsKnown && m_row.acls > ours) {
        say(tr("%n (ACL that nobody granted stays|ACLs that nobody granted stay): Drift shows them.", nullptr,
               static_cast<int>(m_row.acls - ours)));
    }
    if (m_row.credentials.empty()) {
        return;
    }
    m_user = new QCheckBox(tr("Remove its SCRAM user as well"));
    m_user->setObjectName(QStringLiteral("removeUser"));
    m_user->setChecked(alterProblem.isEmpty());
    m_user->setEnabled(alterProblem.isEmpty());
    m_user->setToolTip(alterProblem);
    content()->addWidget(m_user);
    say(!alterProblem.isEmpty() ? alterProblem
        : context().services.embedded
            ? tr("The embedded broker then closes its open connections at once. The password can't come back: enabled "
                 "again, it needs a new one.")
            : tr("It can't log in any more. A cluster doesn't close connections that are open: they stay until the "
                 "client "
                 "reconnects, or connections.max.reauth.ms has passed, and may do what the ACLs that remain allow. The "
                 "password can't come back."));
}

bool PrincipalStateForm::removesUser() const {
    return m_user != nullptr && m_user->isChecked();
}

Result<catalog::Submission> PrincipalStateForm::submission() const {
    const auto& known = m_row.known;
    catalog::PutPrincipal put{known.principal, known.name, known.kind, known.team, known.person, m_disable};
    return catalog::Submission{std::move(put), why(),
                               m_row.isRegistered ? std::optional(known.revision) : std::nullopt};
}

QString PrincipalStateForm::subject() const {
    return text(m_row.known.principal);
}

} // namespace meshbone::ui
