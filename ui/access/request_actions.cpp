// SPDX-License-Identifier: Apache-2.0
#include "access/request_actions.h"

#include "access/access_view.h"
#include "access/access_words.h"
#include "access/reason_dialog.h"
#include "access/request_dialog.h"
#include "shell/ledger_entry.h"
#include "widgets/format.h"

#include <catalog/access_presets.h>
#include <catalog/enforcer.h>

#include <algorithm>

namespace meshbone::ui {

RequestActions::RequestActions(PageContext& context, QWidget* view)
    : QObject(view)
    , m_context(context)
    , m_view(view) {
    registerDecisions();
    registerOwn();
}

void RequestActions::registerDecisions() {
    const auto why = [this] { return whyNotDecide(); };
    m_context.commands.add(this, {QStringLiteral("request.decline"),
                                  tr("Decline…"),
                                  tr("Access"),
                                  QKeySequence(Qt::Key_N),
                                  {},
                                  kAccessPage,
                                  [this] { decline(); },
                                  why,
                                  true});
    m_context.commands.add(this, {QStringLiteral("request.change"),
                                  tr("Approve With Changes…"),
                                  tr("Access"),
                                  QKeySequence(Qt::Key_E),
                                  {},
                                  kAccessPage,
                                  [this] {
                                      const auto request = decidable().front();
                                      approveWithChanges(request, request.scope);
                                  },
                                  [this, why] {
                                      const auto reason = why();
                                      return reason.isEmpty() && decidable().size() > 1
                                                 ? tr("Choose one request: each is changed by itself.")
                                                 : reason;
                                  },
                                  true});
    m_context.commands.add(this, {QStringLiteral("request.approve"),
                                  tr("Approve"),
                                  tr("Access"),
                                  QKeySequence(Qt::Key_Y),
                                  {},
                                  kAccessPage,
                                  [this] { approve(); },
                                  why,
                                  true});
}

void RequestActions::registerOwn() {
    const auto add = [this](const QString& id, const QString& title, std::function<void()> run,
                            catalog::RequestState wanted, bool orDeclined = false) {
        m_context.commands.add(this, {id,
                                      title,
                                      tr("Access"),
                                      {},
                                      {},
                                      kAccessPage,
                                      std::move(run),
                                      [this, wanted, orDeclined] { return whyNotOwn(wanted, orDeclined); },
                                      true});
    };
    using catalog::RequestState;
    add(
        QStringLiteral("request.withdraw"), tr("Withdraw"),
        [this] {
            ownAct(tr("Withdrawing"), tr("Withdrawn."),
                   [](const std::string& id) -> catalog::Command { return catalog::WithdrawRequest{id}; });
        },
        RequestState::Submitted);
    add(
        QStringLiteral("request.amend"), tr("Change…"), [this] { amend(); }, RequestState::Submitted);
    add(
        QStringLiteral("request.remind"), tr("Remind"),
        [this] {
            ownAct(tr("Reminding"), tr("Who must agree is reminded."), [](const std::string& id) -> catalog::Command {
                return catalog::CommentRequest{id, "Please have a look.", true};
            });
        },
        RequestState::Submitted);
    add(
        QStringLiteral("request.reopen"), tr("Ask Again"),
        [this] {
            ownAct(tr("Asking again"), tr("It waits again."),
                   [](const std::string& id) -> catalog::Command { return catalog::ReopenRequest{id}; });
        },
        RequestState::Withdrawn, true);
}

void RequestActions::setChosen(std::vector<catalog::AccessRequest> requests) {
    m_chosen = std::move(requests);
    m_context.commands.refresh();
}

std::vector<catalog::AccessRequest> RequestActions::decidable() const {
    std::vector<catalog::AccessRequest> requests;
    const auto& pending = m_context.feed.catalog()->access.pending;
    std::ranges::copy_if(m_chosen, std::back_inserter(requests), [&](const catalog::AccessRequest& request) {
        return std::ranges::find(pending, request.id) != pending.end();
    });
    return requests;
}

QString RequestActions::whyNotDecide() const {
    if (!m_view->isVisible()) {
        return tr("Open the inbox first.");
    }
    if (const auto reason = whyNoEntry(m_context); !reason.isEmpty()) {
        return reason;
    }
    if (m_isWriting) {
        return tr("The entry is being written to the ledger.");
    }
    if (m_chosen.empty()) {
        return tr("Choose a request first.");
    }
    if (!decidable().empty()) {
        return {};
    }
    const auto& request = m_chosen.front();
    const auto state = request.stateAt(nowMs());
    if (state != catalog::RequestState::Submitted) {
        return tr("It is %1 already.").arg(wordsOf(state).word);
    }
    return request.author == m_context.services.person
               ? tr("You asked for it yourself; somebody else decides.")
               : tr("It doesn't wait for you: others must agree, or you have agreed already.");
}

QString RequestActions::whyNotOwn(catalog::RequestState wanted, bool orDeclined) const {
    if (const auto reason = whyNoEntry(m_context); !reason.isEmpty()) {
        return reason;
    }
    if (m_isWriting) {
        return tr("The entry is being written to the ledger.");
    }
    if (m_chosen.size() != 1) {
        return tr("Choose one request first.");
    }
    const auto& request = m_chosen.front();
    const auto state = request.stateAt(nowMs());
    const bool declined = orDeclined && state == catalog::RequestState::Declined;
    if (state != wanted && !declined) {
        return tr("It is %1.").arg(wordsOf(state).word);
    }
    const bool decliner =
        declined && !request.decisions.empty() && request.decisions.back().person == m_context.services.person;
    return request.author == m_context.services.person || decliner
               ? QString()
               : tr("Only %1, who asked, can do that.").arg(text(m_context.feed.catalog()->personName(request.author)));
}

QString RequestActions::enforcementText() const {
    if (!m_context.feed.isHealthy()) {
        return tr("The backbone can't be reached, and the ledger lies on it: it can be decided once it is back.");
    }
    std::size_t bindings = 0;
    for (const auto& request : decidable()) {
        bindings += catalog::bindingsOf(request.scope).size();
    }
    const auto what = tr("%n ACL binding(s) on %1", nullptr, static_cast<int>(bindings))
                          .arg(m_context.services.embedded ? tr("the embedded backbone")
                                                           : text(m_context.services.backbone.profile().name));
    const auto why = whyEnforcementWaits();
    return why.isEmpty() ? tr("%1, applied at once").arg(what) : tr("%1, but that waits: %2").arg(what, why);
}

QString RequestActions::whyEnforcementWaits() const {
    if (!m_context.feed.isHealthy()) {
        return tr("The backbone can't be reached.");
    }
    using backbone::Feature;
    if (const auto rulesNothing = m_context.abilities.whyNotOffered(Feature::AlterAcls); !rulesNothing.isEmpty()) {
        return rulesNothing;
    }
    const auto* enforcer = m_context.services.enforcer;
    if (enforcer == nullptr) {
        return tr("No enforcer runs here; another desktop or meshctl of somebody who may alter ACLs applies it.");
    }
    const auto status = enforcer->status();
    return status.mode == catalog::EnforcerMode::Waiting ? text(status.reason)
                                                         : m_context.abilities.whyNot(Feature::AlterAcls);
}

void RequestActions::submit(std::vector<catalog::Submission> submissions, const QString& title,
                            const QString& doneSentence) {
    m_isWriting = true;
    m_context.commands.refresh();
    submitEntries(m_context, this, title, std::move(submissions),
                  [this, doneSentence](const Result<catalog::LedgerEntry>& entry) {
                      m_isWriting = false;
                      m_context.commands.refresh();
                      if (entry) {
                          emit done(doneSentence);
                      } else {
                          emit failed(text(entry.error().message));
                      }
                  });
}

void RequestActions::approve() {
    std::vector<catalog::Submission> submissions;
    const auto requests = decidable();
    for (const auto& request : requests) {
        submissions.push_back({catalog::ApproveRequest{request.id, request.scope, request.untilMs, {}}, {}, {}});
    }
    const auto sentence = requests.size() == 1
                              ? tr("Approved: %1.").arg(scopeTitle(requests.front().scope))
                              : tr("%n request(s) approved.", nullptr, static_cast<int>(requests.size()));
    submit(std::move(submissions), tr("Approving"), sentence);
}

void RequestActions::approveWithChanges(const catalog::AccessRequest& request, const catalog::AccessScope& scope) {
    auto changed = request;
    changed.scope = scope;
    auto* dialog = new RequestDialog(m_context, RequestDialog::Purpose::Approve, std::move(changed), m_view);
    connect(dialog, &RequestDialog::sent, this, &RequestActions::done);
    dialog->open();
}

void RequestActions::amend() {
    auto* dialog = new RequestDialog(m_context, RequestDialog::Purpose::Amend, m_chosen.front(), m_view);
    connect(dialog, &RequestDialog::sent, this, &RequestActions::done);
    dialog->open();
}

void RequestActions::decline() {
    const auto requests = decidable();
    auto* dialog = new ReasonDialog(requests.size() == 1
                                        ? tr("Decline “%1”?").arg(scopeTitle(requests.front().scope))
                                        : tr("Decline %n request(s)?", nullptr, static_cast<int>(requests.size())),
                                    tr("Who asked sees the reason, and may ask again."), tr("Decline"), m_view);
    connect(dialog, &ReasonDialog::given, this, [this, requests](const QString& reason) {
        std::vector<catalog::Submission> submissions;
        for (const auto& request : requests) {
            submissions.push_back({catalog::DeclineRequest{request.id}, reason.toStdString(), {}});
        }
        submit(std::move(submissions), tr("Declining"), tr("Declined."));
    });
    dialog->open();
}

void RequestActions::ownAct(const QString& title, const QString& doneSentence,
                            catalog::Command (*command)(const std::string& id)) {
    submit({{command(m_chosen.front().id), {}, {}}}, title, doneSentence);
}

} // namespace meshbone::ui
