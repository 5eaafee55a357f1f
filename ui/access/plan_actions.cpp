// SPDX-License-Identifier: Apache-2.0
#include "access/plan_actions.h"

#include "access/access_view.h"
#include "access/apply_dialog.h"
#include "access/plan_file.h"
#include "access/plan_panel.h"
#include "widgets/button.h"
#include "widgets/export_rows.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <backbone/backbone.h>

#include <QFileDialog>

namespace meshbone::ui {

namespace {

constexpr std::chrono::seconds kUndoTimeout{30};

} // namespace

PlanActions::PlanActions(PageContext& context, std::function<QString()> elsewhere, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_elsewhere(std::move(elsewhere)) {
    registerCommands();
}

void PlanActions::work(PlanPanel* panel, MessageBar* bar) {
    m_panel = panel;
    m_bar = bar;
}

void PlanActions::registerCommands() {
    auto& commands = m_context.commands;
    commands.add(this, {QStringLiteral("access.applyPlan"),
                        tr("Apply the Plan…"),
                        tr("Access"),
                        QKeySequence(Qt::CTRL | Qt::Key_Return),
                        {},
                        kAccessPage,
                        [this] { askApply(); },
                        [this] {
                            const auto why = m_elsewhere();
                            return why.isEmpty() ? whyNotApply() : why;
                        },
                        false});
    commands.add(this, {QStringLiteral("access.savePlan"),
                        tr("Save as File"),
                        tr("Access"),
                        {},
                        {},
                        kAccessPage,
                        [this] { save(); },
                        [this] {
                            const auto* effect = m_panel == nullptr ? nullptr : m_panel->effect();
                            return effect == nullptr || effect->plan.isEmpty() ? tr("There is no plan yet.")
                                                                               : QString();
                        },
                        false});
    commands.add(this, {QStringLiteral("access.undoPlan"),
                        tr("Undo the Applied Plan"),
                        tr("Access"),
                        {},
                        QStringLiteral("undo"),
                        kAccessPage,
                        [this] { undo(); },
                        [this] {
                            return m_isUndoing  ? tr("The plan is being undone.")
                                   : !m_applied ? tr("No plan was applied since the program started.")
                                                : QString();
                        },
                        false});
}

QString PlanActions::whyNotApply() const {
    const auto* catalog = m_context.services.catalog;
    const auto* effect = m_panel == nullptr ? nullptr : m_panel->effect();
    if (catalog == nullptr) {
        return text(m_context.services.catalogProblem);
    }
    if (effect == nullptr) {
        return m_panel != nullptr && m_panel->look() ? tr("The plan is being computed.")
                                                     : tr("Without a comparison there is no plan.");
    }
    if (effect->plan.isEmpty()) {
        return tr("There is nothing in the plan.");
    }
    if (!effect->plan.allowed) {
        return text(effect->plan.allowed.error().message);
    }
    if (effect->plan.commands.empty() && m_context.services.enforcer == nullptr) {
        return tr("All of it is the enforcer's to do, and none runs here.");
    }
    return {};
}

void PlanActions::askApply() {
    const auto* effect = m_panel->effect();
    if (effect == nullptr || !whyNotApply().isEmpty()) {
        return;
    }
    auto* dialog = new ApplyDialog(m_context, m_panel->look(), *effect, m_panel->changes(), m_panel->period(), m_panel);
    connect(dialog, &ApplyDialog::applied, this, &PlanActions::applied);
    dialog->show();
}

void PlanActions::applied(const catalog::AppliedMends& applied) {
    m_applied = applied;
    auto* bar = m_bar;
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
        bar->addAction(tr("Undo"), [this] { undo(); })->setObjectName(QStringLiteral("driftUndo"));
    }
    bar->addAction(tr("Dismiss"), [bar] { bar->hide(); });
    emit changed();
}

void PlanActions::undo() {
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
            m_applied.reset();
            sayUndone(*undone);
            m_context.commands.refresh();
            emit changed();
        });
}

void PlanActions::sayUndone(const catalog::UndoneMends& undone) {
    auto* bar = m_bar;
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
    bar->addAction(tr("Dismiss"), [bar] { bar->hide(); });
}

void PlanActions::save() {
    const auto* effect = m_panel->effect();
    if (effect == nullptr || !m_panel->look()) {
        return;
    }
    const auto json = QString::fromUtf8(planJson(*effect, *m_panel->look()));
    const auto path = QFileDialog::getSaveFileName(m_panel, tr("Save the plan"), QStringLiteral("access-plan.json"),
                                                   tr("JSON (*.json)"));
    if (path.isEmpty()) {
        return;
    }
    const auto written = writeTextFile(path, json);
    auto* bar = m_bar;
    bar->clearActions();
    bar->say(written ? Tone::Ok : Tone::Danger,
             written ? tr("The plan is written to “%1”.").arg(path) : text(written.error().message));
    bar->addAction(tr("Dismiss"), [bar] { bar->hide(); });
}

} // namespace meshbone::ui
