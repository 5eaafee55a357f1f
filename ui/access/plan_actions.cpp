// SPDX-License-Identifier: Apache-2.0
#include "access/plan_actions.h"

#include "access/access_view.h"
#include "access/apply_dialog.h"
#include "access/plan_file.h"
#include "access/plan_panel.h"
#include "access/plan_undo.h"
#include "widgets/button.h"
#include "widgets/export_rows.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <QFileDialog>

namespace meshbone::ui {

PlanActions::PlanActions(PageContext& context, std::function<QString()> elsewhere, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_elsewhere(std::move(elsewhere))
    , m_undo(PlanUndo::of(context)) {
    registerCommands();
    connect(&m_undo, &PlanUndo::changed, this, &PlanActions::changed);
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
                            const auto effect = m_panel == nullptr ? nullptr : m_panel->effect();
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
                        [this] { m_undo.undo(); },
                        [this] { return m_undo.whyNot(); },
                        false});
}

QString PlanActions::whyNotApply() const {
    const auto* catalog = m_context.services.catalog;
    const auto effect = m_panel == nullptr ? nullptr : m_panel->effect();
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
    const auto effect = m_panel->effect();
    if (effect == nullptr || !whyNotApply().isEmpty()) {
        return;
    }
    auto* dialog = new ApplyDialog(m_context, m_panel->look(), effect, m_panel->period(), m_panel);
    connect(dialog, &ApplyDialog::applied, this,
            [this](const catalog::AppliedMends& applied) { m_undo.applied(applied, m_bar); });
    dialog->show();
}

void PlanActions::save() {
    const auto effect = m_panel->effect();
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
