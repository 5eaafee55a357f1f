// SPDX-License-Identifier: Apache-2.0
// What is done with the cuts that are taken: shown and applied as a plan, or saved as access code.
#include "access/access_view.h"
#include "access/least_dialog.h"
#include "access/plan_undo.h"
#include "widgets/button.h"
#include "widgets/export_rows.h"
#include "widgets/format.h"
#include "widgets/free_beside.h"
#include "widgets/message_bar.h"

#include <QFileDialog>

#include <algorithm>

namespace meshbone::ui {

namespace {

QString inOneText(const std::vector<std::string>& notes) {
    constexpr std::size_t kShown = 5;
    QStringList shown;
    for (std::size_t i = 0; i < std::min(kShown, notes.size()); ++i) {
        shown << text(notes[i]);
    }
    if (notes.size() > kShown) {
        shown << LeastDialog::tr("And %n more.", nullptr, static_cast<int>(notes.size() - kShown));
    }
    return shown.join(u' ');
}

} // namespace

void LeastDialog::plan() {
    if (!m_model->answer()) {
        return;
    }
    m_plan->setReason(tr("The plan is being computed."));
    m_context.jobs.run(
        this, {.title = tr("Making a plan of the cuts"), .key = QStringLiteral("plan")},
        [answer = m_model->answer(), left = m_model->left(), byLog = m_isByLog,
         catalog = m_context.services.catalog](const JobContext&) -> Result<Planned> {
            auto chosen = std::make_shared<const LeastCuts>(chosenCuts(*answer, left));
            auto planned = leastPlanned(*catalog, *answer, *chosen);
            return planned ? Result<Planned>(Planned{answer, std::move(chosen), byLog,
                                                     makeFreedBeside<LeastPlanned>(std::move(*planned))})
                           : std::unexpected(planned.error());
        },
        [this, answer = m_model->answer()](const Result<Planned>& done) {
            countTaken();
            if (m_model->answer() != answer) {
                return; // it is of what isn't shown any more
            }
            if (done) {
                planned(*done);
            } else {
                m_outcome->clearActions();
                m_outcome->say(Tone::Danger, text(done.error().message));
            }
        });
}

void LeastDialog::planned(const Planned& planned) {
    const auto& [answer, chosen, byLog, made] = planned;
    const auto& plan = made->effect.plan;
    m_outcome->clearActions();
    if (!plan.allowed) {
        m_outcome->say(Tone::Danger, tr("This plan can't be applied."), text(plan.allowed.error().message));
        return;
    }
    if (plan.isEmpty() || (plan.commands.empty() && m_context.services.enforcer == nullptr)) {
        m_outcome->say(Tone::Neutral, tr("There is nothing to say to the ledger about these."),
                       inOneText(made->mends.notes));
        return;
    }
    m_outcome->hide();
    auto* dialog = new ApplyDialog(m_context, answer->look, std::shared_ptr<const PlanEffect>(made, &made->effect),
                                   answer->period, this);
    dialog->setAgain(leastAgain(*m_context.services.catalog, answer, chosen, byLog));
    dialog->addNotes(made->mends.notes);
    connect(dialog, &ApplyDialog::applied, this,
            [this](const catalog::AppliedMends& applied) { PlanUndo::of(m_context).applied(applied, m_outcome); });
    dialog->show();
}

void LeastDialog::save() {
    const auto path = QFileDialog::getSaveFileName(this, tr("Save the least privilege"),
                                                   QStringLiteral("least-privilege.yaml"), tr("YAML (*.yaml *.yml)"));
    if (path.isEmpty() || !m_model->answer()) {
        return;
    }
    m_context.jobs.run(
        this, {.title = tr("Saving the least privilege"), .key = QStringLiteral("save")},
        [path, answer = m_model->answer(), left = m_model->left(),
         catalog = m_context.services.catalog](const JobContext&) -> Result<catalog::LeastFile> {
            auto file = leastFile(*catalog, *answer, chosenCuts(*answer, left));
            if (!file) {
                return file;
            }
            const auto written = writeTextFile(path, text(writeLeastFile(*file)));
            return written ? std::move(file) : std::unexpected(written.error());
        },
        [this, path](const Result<catalog::LeastFile>& file) {
            m_outcome->clearActions();
            if (!file) {
                m_outcome->say(Tone::Danger, text(file.error().message));
                return;
            }
            m_outcome->say(Tone::Ok,
                           tr("Written to “%1”: %2 grants go, %3 narrower ones are asked for.")
                               .arg(path, formatCount(static_cast<qint64>(file->ends)),
                                    formatCount(static_cast<qint64>(file->asks))),
                           inOneText(file->notes));
            m_outcome->addAction(tr("Dismiss"), [this] { m_outcome->hide(); });
        });
}

void installLeast(PageContext& context) {
    context.commands.add(context.commands.window(),
                         {QStringLiteral("access.least"),
                          CommandRegistry::tr("Least Privilege…"),
                          CommandRegistry::tr("Access"),
                          {},
                          QStringLiteral("shield"),
                          {},
                          [&context] { (new LeastDialog(context, context.commands.window()))->show(); },
                          [&context]() -> QString {
                              return context.services.catalog == nullptr ? text(context.services.catalogProblem)
                                                                         : QString();
                          },
                          false});
}

} // namespace meshbone::ui
