// SPDX-License-Identifier: Apache-2.0
#include "access/grant_actions.h"

#include "access/access_view.h"
#include "access/access_words.h"
#include "access/end_dialog.h"
#include "access/grant_panel.h"
#include "access/reason_dialog.h"
#include "shell/ledger_entry.h"
#include "widgets/format.h"

#include <catalog/request_id.h>

namespace meshbone::ui {

GrantActions::GrantActions(PageContext& context, QWidget* view)
    : QObject(view)
    , m_context(context)
    , m_view(view) {
    registerCommands();
}

void GrantActions::registerCommands() {
    const auto add = [this](const QString& id, const QString& title, const QKeySequence& key, const QString& icon,
                            std::function<void()> run, bool forRestore = false) {
        m_context.commands.add(this, {id, title, tr("Access"), key, icon, kAccessPage, std::move(run),
                                      [this, forRestore] { return whyNot(forRestore); }, true});
    };
    add(QStringLiteral("grant.renew"), tr("Renew…"), QKeySequence(Qt::Key_R), QStringLiteral("refresh"),
        [this] { changeEnd(false); });
    add(QStringLiteral("grant.shorten"), tr("End Earlier…"), {}, QStringLiteral("clock"), [this] { changeEnd(true); });
    add(QStringLiteral("grant.revoke"), tr("Revoke…"), QKeySequence(QKeySequence::Delete), QStringLiteral("trash"),
        [this] { revoke(); });
    add(
        QStringLiteral("grant.restore"), tr("Restore"), {}, QStringLiteral("undo"), [this] { restore(); }, true);
}

void GrantActions::setChosen(std::optional<catalog::Grant> grant, std::optional<TimestampMs> lastUsedMs) {
    m_grant = std::move(grant);
    m_lastUsedMs = lastUsedMs;
    m_context.commands.refresh();
}

QString GrantActions::whyNot(bool forRestore) const {
    if (!m_view->isVisible() || !m_grant) {
        return tr("Choose a grant first.");
    }
    if (const auto reason = whyNoEntry(m_context); !reason.isEmpty()) {
        return reason;
    }
    if (m_isWriting) {
        return tr("The entry is being written to the ledger.");
    }
    if (forRestore) {
        return m_grant->revoked ? QString() : tr("It isn't revoked.");
    }
    return m_grant->revoked ? tr("It is revoked.") : QString();
}

void GrantActions::submit(catalog::Submission submission, const QString& title, const QString& doneSentence,
                          std::function<void()> whenNotAlone) {
    m_isWriting = true;
    m_context.commands.refresh();
    submitEntries(m_context, this, title, {std::move(submission)},
                  [this, doneSentence, whenNotAlone](const Result<catalog::LedgerEntry>& entry) {
                      m_isWriting = false;
                      m_context.commands.refresh();
                      if (entry) {
                          emit done(doneSentence);
                      } else if (entry.error().code == ErrorCode::PermissionDenied && whenNotAlone) {
                          whenNotAlone();
                      } else {
                          emit failed(text(entry.error().message));
                      }
                  });
}

void GrantActions::changeEnd(bool shorten) {
    const auto grant = *m_grant;
    auto* dialog = new EndDialog(
        shorten ? tr("End “%1” earlier").arg(scopeTitle(grant.scope)) : tr("Renew “%1”").arg(scopeTitle(grant.scope)),
        shorten ? tr("From then on it isn't in force; %1")
                      .arg(endEffectText(*m_context.feed.catalog(), grant, m_lastUsedMs))
                : tr("Who may approve it alone moves its end at once; anybody else asks those who must agree."),
        shorten ? tr("Set the End") : tr("Renew"), shorten, m_view);
    dialog->setUntil(shorten ? grant.untilMs : catalog::kNoEnd);
    connect(dialog, &EndDialog::given, this, [this, grant, shorten](TimestampMs untilMs, const QString& why) {
        if (shorten) {
            submit({catalog::ShortenGrant{grant.id, untilMs}, why.toStdString(), {}}, tr("Setting the end"),
                   tr("It ends earlier now."));
        } else {
            submit({catalog::RenewGrant{grant.id, untilMs}, why.toStdString(), {}}, tr("Renewing"), tr("Renewed."),
                   [this, grant, untilMs] { askToRenew(grant, untilMs); });
        }
    });
    dialog->open();
}

void GrantActions::askToRenew(const catalog::Grant& grant, TimestampMs untilMs) {
    const auto id = catalog::newRequestId();
    submit({catalog::SubmitRequest{id, grant.scope, grant.product, grant.id, grant.purpose, untilMs}, {}, {}},
           tr("Asking to renew"), tr("You may not renew it alone, so it is asked for: request %1.").arg(text(id)));
}

void GrantActions::revoke() {
    const auto grant = *m_grant;
    auto* dialog =
        new ReasonDialog(tr("Revoke “%1”?").arg(scopeTitle(grant.scope)),
                         endEffectText(*m_context.feed.catalog(), grant, m_lastUsedMs) + tr(" It can be restored."),
                         tr("Revoke"), m_view);
    connect(dialog, &ReasonDialog::given, this, [this, grant](const QString& reason) {
        submit({catalog::RevokeGrant{grant.id}, reason.toStdString(), {}}, tr("Revoking"), tr("Revoked."));
    });
    dialog->open();
}

void GrantActions::restore() {
    submit({catalog::RestoreGrant{m_grant->id}, {}, {}}, tr("Restoring"), tr("It is in force again."));
}

} // namespace meshbone::ui
