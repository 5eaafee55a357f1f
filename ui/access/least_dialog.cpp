// SPDX-License-Identifier: Apache-2.0
#include "access/least_dialog.h"

#include "access/drift_words.h"
#include "access/evidence_choice.h"
#include "access/plan_undo.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace meshbone::ui {

namespace {

constexpr QSize kLeastSize{1240, 760};

} // namespace

LeastDialog::LeastDialog(PageContext& context, QWidget* parent)
    : Dialog(tr("Least Privilege"),
             tr("The least that would have let through all that was seen. Take the cuts that are right; nothing is "
                "changed until a plan of them is applied."),
             parent)
    , m_context(context) {
    setObjectName(QStringLiteral("leastDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(kLeastSize);
    setCancelText(tr("Close"));
    buildHead();
    buildLists();
    buildFoot();
    connect(&PlanUndo::of(context), &PlanUndo::changed, this, &LeastDialog::load);
    load();
}

void LeastDialog::load() {
    m_cuts->setLoading(true, tr("Reading ACLs, grants and what was seen…"));
    m_context.jobs.run(
        this, {.title = tr("Reading ACLs and grants"), .key = QStringLiteral("look")},
        [&services = m_context.services](const JobContext& job) { return lookForDrift(services, {}, job); },
        [this](Result<DriftLookPtr> look) {
            if (!look) {
                showNothing(Tone::Danger, tr("What stands can't be read."), text(look.error().message));
                return;
            }
            m_evidence->setLook(std::move(*look)); // which computes
        });
}

void LeastDialog::compute() {
    if (!m_evidence->look()) {
        return;
    }
    m_cuts->setLoading(true, tr("Computing what would be enough…"));
    m_context.jobs.run(
        this, {.title = tr("Computing the least privilege"), .key = QStringLiteral("least")},
        [look = m_evidence->look(), byLog = m_evidence->isByLog(), period = m_period->period(),
         catalog = m_context.services.catalog](const JobContext&) -> Result<Computed> {
            if (!period) {
                return std::unexpected(period.error());
            }
            auto answer = leastOf(*catalog, look, *period);
            if (!answer) {
                return std::unexpected(answer.error());
            }
            return Computed{*answer, leastRows(**answer),
                            makeFreedBeside<std::vector<AnswerRow>>(leftAloneRows(**answer)), byLog};
        },
        [this](Result<Computed> computed) {
            if (computed) {
                showAnswer(std::move(*computed));
            } else {
                showNothing(Tone::Warn, tr("What would be enough isn't known."), text(computed.error().message));
            }
        });
}

void LeastDialog::showAnswer(Computed computed) {
    const auto& plan = computed.answer->plan;
    auto ground = evidenceGround(computed.answer->look->evidence, plan.coverage);
    for (const auto& note : computed.answer->notes) {
        ground += u' ' + text(note);
    }
    m_coverage->setText(ground);
    const auto prefixes = std::ranges::count_if(plan.prefixes, [](const auto& one) { return !one.opens.empty(); });
    auto detail = prefixes == 0 ? tr("No prefix would open anything that is closed now.")
                                : tr("%n prefix(es) would newly open topics: see “Newly opens”.", nullptr,
                                     static_cast<int>(prefixes));
    m_verdict->say(plan.remove.empty() ? Tone::Ok : Tone::Neutral,
                   plan.remove.empty() ? tr("Nothing to cut.")
                                       : tr("%n right(s) could go, and all that was seen would still get through.",
                                            nullptr, static_cast<int>(plan.remove.size())),
                   detail);
    m_tabs->setCounter(0, formatCount(static_cast<qint64>(computed.rows.size())));
    m_tabs->setCounter(1, formatCount(static_cast<qint64>(computed.leftAlone->size())));
    m_leftRows = std::move(computed.leftAlone);
    showLeftAlone();
    m_isByLog = computed.byLog;
    m_model->setAnswer(std::move(computed.answer), std::move(computed.rows));
    m_cuts->setLoading(false);
}

/// Sorting so many rows takes a while: not before somebody looks.
void LeastDialog::showLeftAlone() {
    if (m_leftRows && m_tabs->current() == kLeftAloneTab) {
        m_leftAlone->setRows(std::move(*std::exchange(m_leftRows, nullptr)));
    }
}

void LeastDialog::showNothing(Tone tone, const QString& sentence, const QString& detail) {
    m_verdict->say(tone, sentence, detail);
    m_coverage->setText({});
    m_tabs->setCounter(0, {});
    m_tabs->setCounter(1, {});
    m_leftRows.reset();
    m_leftAlone->setRows({});
    m_model->setAnswer(nullptr, {});
    m_cuts->setLoading(false);
}

void LeastDialog::countTaken() {
    if (m_plan == nullptr) {
        return;
    }
    const auto all = m_model->rowCount();
    m_count->setText(
        all == 0 ? QString()
                 : tr("%1 of %n cut(s) taken.", nullptr, all).arg(formatCount(static_cast<qint64>(m_model->taken()))));
    const auto reason = all == 0                ? tr("There is nothing to cut.")
                        : m_model->taken() == 0 ? tr("No cut is taken.")
                                                : QString();
    m_plan->setReason(reason);
    m_save->setReason(reason);
}

/// All of them become alike: left only where all were taken.
void LeastDialog::toggle(const QList<int>& rows) {
    const auto isTaken = [this](int row) { return m_model->isTaken(row); };
    m_model->take(rows, !std::ranges::all_of(rows, isTaken));
}

void LeastDialog::takeAll(bool taken) {
    QList<int> rows(m_model->rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    m_model->take(rows, taken);
}

bool LeastDialog::isSettled() const {
    return m_context.jobs.isIdle(this) && m_context.jobs.isIdle(m_evidence);
}

} // namespace meshbone::ui
