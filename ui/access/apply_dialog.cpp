// SPDX-License-Identifier: Apache-2.0
#include "access/apply_dialog.h"

#include "access/drift_words.h"
#include "access/plan_file.h"
#include "access/plan_words.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"

#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr int kLinesHeight = 220;
constexpr std::chrono::seconds kSubmitTimeout{15};

/// Looks again, and goes on only if the plan is still the one that was shown.
Result<catalog::AppliedMends> applyIfSame(const Services& services, const catalog::MendPlan& plan,
                                          const PlanAgain& again, const std::string& why, const JobContext& job) {
    const auto look = lookForDrift(services, {}, job);
    if (!look) {
        return std::unexpected(look.error());
    }
    const auto now = again(*look);
    if (!now) {
        return std::unexpected(now.error());
    }
    if (!now->allowed) {
        return std::unexpected(now->allowed.error());
    }
    if (planHash(*now) != planHash(plan)) {
        return fail(ErrorCode::Conflict,
                    ApplyDialog::tr("Grants or ACLs have changed since this was planned. Compare again and look at the "
                                    "new plan.")
                        .toStdString());
    }
    auto applied = catalog::applyMends(*services.catalog, plan, why, job.call(kSubmitTimeout));
    if (services.enforcer != nullptr) {
        services.enforcer->wake();
    }
    return applied;
}

QString whoEnforces(const Services& services) {
    return services.enforcer != nullptr
               ? ApplyDialog::tr("The enforcer of this program then changes the backbone.")
               : ApplyDialog::tr("No enforcer runs here: the backbone changes when another instance enforces it.");
}

} // namespace

ApplyDialog::ApplyDialog(PageContext& context, DriftLookPtr look, const std::shared_ptr<const PlanEffect>& effect,
                         const SeenPeriod& period, QWidget* parent)
    : Dialog(tr("Apply %n change(s)", nullptr, static_cast<int>(effect->shown.changes)),
             tr("%1 on the backbone, %n entry(ies) in the ledger. %2 One undo restores all of it.", nullptr,
                static_cast<int>(effect->plan.commands.size()))
                 .arg(signedCounts(effect->plan.cluster), whoEnforces(context.services)),
             parent)
    , m_context(context)
    , m_look(std::move(look))
    , m_plan(effect, &effect->plan)
    , m_again([plan = m_plan](const DriftLookPtr& now) { return catalog::mendPlanOf(now->survey, plan->mends); }) {
    setObjectName(QStringLiteral("applyDialog"));
    setModal(true);
    resize(620, height());
    addLines(effect->shown);
    const auto verdict = verdictWords(*effect, *m_look, period);
    auto* bar = new MessageBar;
    bar->setObjectName(QStringLiteral("applyVerdict"));
    content()->addWidget(bar);
    bar->say(verdict.tone, verdict.sentence, verdict.detail);
    m_why = new QLineEdit;
    m_why->setObjectName(QStringLiteral("applyWhy"));
    addField(tr("Why"), m_why, tr("Kept in the ledger beside each entry."));
    if (catalog::needsCount(m_plan->cluster)) {
        m_typed = new QLineEdit;
        m_typed->setObjectName(QStringLiteral("applyCount"));
        addField(tr("Type how many are removed"), m_typed,
                 tr("%1 of %2 managed bindings are removed, more than a tenth.")
                     .arg(formatCount(static_cast<qint64>(m_plan->cluster.remove.size())),
                          formatCount(static_cast<qint64>(m_plan->cluster.managed))));
    }
    m_verb = addVerb(tr("Apply"), !m_plan->cluster.remove.empty());
    connect(m_verb, &QPushButton::clicked, this, &ApplyDialog::apply);
    m_why->setFocus();
}

void ApplyDialog::addNotes(const std::vector<std::string>& notes) {
    constexpr std::size_t kShown = 4;
    QStringList shown;
    for (std::size_t i = 0; i < std::min(kShown, notes.size()); ++i) {
        shown << text(notes[i]);
    }
    if (notes.size() > kShown) {
        shown << tr("%n more note(s) stand in the file that the plan can be saved as.", nullptr,
                    static_cast<int>(notes.size() - kShown));
    }
    auto* words = new Label(shown.join(u'\n'), TextStyle::Secondary, Token::Text2);
    words->setObjectName(QStringLiteral("applyNotes"));
    words->setWordWrap(true);
    words->setVisible(!notes.empty());
    content()->insertWidget(0, words);
}

void ApplyDialog::addLines(const PlanShown& shown) {
    auto* both = new QWidget;
    auto* layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (const auto& [title, lines] : {std::pair(tr("Changes on the backbone"), shown.onCluster),
                                       std::pair(tr("Changes in the catalog"), shown.inCatalog)}) {
        auto* list = new PlanLines(title);
        list->setLines(lines);
        layout->addWidget(list);
    }
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(both);
    scroll->setFixedHeight(std::min(kLinesHeight, both->sizeHint().height() + 2));
    content()->addWidget(scroll);
}

void ApplyDialog::apply() {
    const auto why = m_why->text().trimmed().toStdString();
    if (why.empty() && !m_plan->commands.empty()) {
        sayError(tr("Say why; it stands in the ledger beside each entry."));
        m_why->setFocus();
        return;
    }
    bool isNumber = false;
    const auto typed = m_typed == nullptr ? 0 : m_typed->text().trimmed().toULongLong(&isNumber);
    if (const auto counted =
            catalog::checkCount(m_plan->cluster, isNumber ? std::optional<std::size_t>(typed) : std::nullopt);
        !counted) {
        sayError(text(counted.error().message));
        m_typed->setFocus();
        return;
    }
    m_verb->setReason(tr("The plan is being applied."));
    message()->hide();
    m_context.jobs.run(
        this, {.title = tr("Applying a plan for access"), .key = QStringLiteral("apply"), .cancellable = false},
        [&services = m_context.services, plan = m_plan, again = m_again, why](const JobContext& job) {
            return applyIfSame(services, *plan, again, why, job);
        },
        [this](const Result<catalog::AppliedMends>& done) {
            m_verb->setReason({});
            if (!done) {
                sayError(text(done.error().message));
                return;
            }
            emit applied(*done);
            accept();
        });
}

} // namespace meshbone::ui
