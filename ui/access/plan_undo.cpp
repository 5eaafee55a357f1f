// SPDX-License-Identifier: Apache-2.0
#include "access/plan_undo.h"

#include "access/drift_words.h"
#include "shell/window_own.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <backbone/backbone.h>
#include <catalog/enforcer.h>

namespace meshbone::ui {

namespace {

constexpr std::chrono::seconds kUndoTimeout{30};

} // namespace

PlanUndo& PlanUndo::of(PageContext& context) {
    return windowsOwn<PlanUndo>(context);
}

PlanUndo::PlanUndo(PageContext& context)
    : QObject(context.feed.parent())
    , m_context(context) {}

QString PlanUndo::whyNot() const {
    return m_isUndoing  ? tr("The plan is being undone.")
           : !m_applied ? tr("No plan was applied since the program started.")
                        : QString();
}

void PlanUndo::applied(const catalog::AppliedMends& applied, MessageBar* bar) {
    if (m_offer && m_bar && m_bar != bar) { // it would undo this plan, beside the words about another
        m_bar->clearActions();
        m_bar->hide();
    }
    m_applied = applied;
    m_bar = bar;
    bar->clearActions();
    if (applied.refused) {
        bar->say(
            Tone::Danger,
            tr("Only a part of the plan is applied: %n entry(ies).", nullptr, static_cast<int>(applied.said.size())),
            text(applied.refused->message));
    } else {
        bar->say(Tone::Ok, tr("The plan is applied."),
                 applied.said.empty()
                     ? tr("The enforcer was told to look at once.")
                     : tr("%n entry(ies) in the ledger, from #%1 on.", nullptr, static_cast<int>(applied.said.size()))
                           .arg(formatCount(applied.said.front().entry)));
    }
    if (!applied.said.empty()) {
        offerUndo(bar, tr("Undo"));
    }
    bar->addAction(tr("Dismiss"), [bar] { bar->hide(); });
    emit changed();
}

void PlanUndo::offerUndo(MessageBar* bar, const QString& title) {
    m_offer = bar->addAction(title, [this] { undo(); });
    m_offer->setObjectName(QStringLiteral("planUndo"));
}

void PlanUndo::undo() {
    if (!m_applied || m_isUndoing || m_context.services.catalog == nullptr) {
        return;
    }
    m_isUndoing = true;
    m_context.commands.refresh();
    m_context.jobs.run(
        this, {.title = tr("Undoing a plan for access"), .key = {}, .cancellable = false},
        [&services = m_context.services, applied = *m_applied](const JobContext& job) -> Result<catalog::UndoneMends> {
            return catalog::undoMends(*services.catalog, services.backbone.access(), services.enforcer, applied,
                                      job.call(kUndoTimeout));
        },
        [this](const Result<catalog::UndoneMends>& undone) {
            m_isUndoing = false;
            m_applied->said = undone->left;
            if (undone->left.empty()) {
                m_applied.reset();
            }
            sayUndone(*undone);
            m_context.commands.refresh();
            emit changed();
        });
}

void PlanUndo::sayUndone(const catalog::UndoneMends& undone) {
    auto* bar = m_bar ? m_bar.data() : m_context.feed.parent()->findChild<MessageBar*>(QStringLiteral("windowMessage"));
    if (bar == nullptr) {
        return; // what it stood in is closed, and so is the window
    }
    m_bar = bar;
    bar->clearActions();
    QStringList details;
    for (const auto& sentence : undone.refused) {
        details << text(sentence);
    }
    for (const auto& binding : undone.stillAdopted) {
        details << tr("%1 stays adopted: it doesn't stand on the backbone again yet.").arg(text(describe(binding)));
    }
    const bool whole = details.isEmpty();
    bar->say(whole ? Tone::Ok : Tone::Warn,
             whole ? tr("The plan is undone.") : tr("The plan is undone, but for what stands below."),
             whole ? tr("%n entry(ies) took it back; all of them stay in the ledger.", nullptr,
                        static_cast<int>(undone.entries))
                   : details.join(u' '));
    if (m_applied) {
        offerUndo(bar, tr("Undo the Rest"));
    }
    bar->addAction(tr("Dismiss"), [bar] { bar->hide(); });
}

} // namespace meshbone::ui
