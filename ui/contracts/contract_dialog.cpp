// SPDX-License-Identifier: Apache-2.0
#include "contracts/contract_dialog.h"

#include "contracts/contract_panes.h"
#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QCheckBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr std::chrono::milliseconds kTypingPause{250};
constexpr int kWidth = 1120, kHeight = 720;
constexpr int kTargetWidth = 280;
} // namespace

ContractDialog::ContractDialog(PageContext& context, catalog::ContractSubject here, const QString& title,
                               const QString& sentence, QWidget* parent)
    : Dialog(title, sentence, parent)
    , m_context(context)
    , m_here(std::move(here)) {
    setModal(true);
    resize(kWidth, kHeight);
    buildFields();
    m_verb = addVerb(tr("Agree Contract"));
    connect(m_verb, &Button::clicked, this, &ContractDialog::agree);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kTypingPause);
    connect(&m_rest, &QTimer::timeout, this, &ContractDialog::reviewNow);
    // What keeps the catalog from taking an entry may pass while the dialog is open.
    connect(&m_context.feed, &LiveFeed::catalogChanged, this, &ContractDialog::updateVerb);
    connect(&m_context.feed, &LiveFeed::stateChanged, this, &ContractDialog::updateVerb);
}

void ContractDialog::buildFields() {
    m_top = new QHBoxLayout;
    m_top->setSpacing(8);
    m_targets = new Choice(tr("For"), this);
    m_targets->setObjectName(QStringLiteral("contractFor"));
    m_targets->setMinimumWidth(kTargetWidth);
    m_for = new QWidget(this);
    auto* named = labelled(tr("For"), m_targets);
    named->setContentsMargins(0, 0, 0, 0);
    m_for->setLayout(named);
    m_for->hide();
    m_top->addStretch();
    m_top->addWidget(m_for);
    content()->addLayout(m_top);
    m_panes = new ContractPanes(QStringLiteral("contractReview"), this);
    m_panes->setMargin(0);
    content()->addWidget(m_panes, 1);
    m_wanted = new QCheckBox(tr("Agree it although it breaks what is agreed"), this);
    m_wanted->setObjectName(QStringLiteral("contractBreaking"));
    m_wanted->hide();
    content()->addWidget(m_wanted);
    m_why = new QLineEdit(this);
    m_why->setObjectName(QStringLiteral("contractWhy"));
    addField(tr("Why"), m_why, tr("Kept in the ledger beside the contract; may stay empty."));
    connect(m_targets, &QComboBox::currentIndexChanged, this, &ContractDialog::showTarget);
    connect(m_wanted, &QCheckBox::toggled, this, &ContractDialog::updateVerb);
}

void ContractDialog::reviewSoon() {
    m_verb->setReason(tr("The text is being checked."));
    m_rest.start();
}

void ContractDialog::reviewNow() {
    const auto read = source();
    if (!read) {
        show(fail(ErrorCode::InvalidArgument, whyNothing().toStdString()));
        return;
    }
    m_verb->setReason(tr("The text is being checked."));
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("contractReview")},
        [read, here = m_here, catalog = m_context.services.catalog](const JobContext&) -> Result<ContractReview> {
            auto text = read();
            if (!text) {
                return std::unexpected(text.error());
            }
            return reviewContract(std::move(*text), here, *catalog, QDateTime::currentMSecsSinceEpoch());
        },
        [this](Result<ContractReview> review) {
            if (!m_rest.isActive()) { // else the text is another one already
                show(std::move(review));
            }
        });
}

void ContractDialog::show(Result<ContractReview> review) {
    m_problem = review ? QString() : text(review.error().message);
    m_review = review ? std::move(*review) : ContractReview{};
    if (review) {
        m_panes->setText(text(m_review.text));
    }
    showTargets();
    if (!m_problem.isEmpty() && source()) { // an empty field isn't wrong yet
        m_panes->say({Tone::Danger, m_problem, {}});
    }
}

void ContractDialog::showTargets() {
    const auto before = m_targets->currentText();
    {
        const QSignalBlocker blocker(m_targets);
        m_targets->clear();
        for (const auto& one : m_review.targets) {
            m_targets->addItem(one.words);
        }
        m_targets->setCurrentIndex(std::max(0, m_targets->findText(before)));
    }
    m_for->setVisible(!m_review.targets.empty());
    m_targets->setEnabled(m_review.targets.size() > 1);
    showTarget();
}

const ContractTarget* ContractDialog::target() const {
    const auto at = static_cast<std::size_t>(m_targets->currentIndex());
    return at < m_review.targets.size() ? &m_review.targets[at] : nullptr;
}

void ContractDialog::showTarget() {
    const bool isThere = m_problem.isEmpty();
    m_panes->say(isThere ? verdictOf(m_review, target()) : ContractVerdict{});
    m_panes->setRows(isThere ? reviewRows(m_review, target()) : std::vector<ContractRow>());
    m_wanted->setChecked(false);
    m_wanted->setVisible(target() != nullptr && target()->isBreaking() && !target()->isThere());
    updateVerb();
}

QString ContractDialog::whyNot() const {
    if (!m_problem.isEmpty()) {
        return m_problem;
    }
    if (!m_review.problems.empty() || target() == nullptr || target()->isThere() || !target()->refused.empty()) {
        return verdictOf(m_review, target()).sentence;
    }
    if (const auto why = whyNoEntry(m_context); !why.isEmpty()) {
        return why;
    }
    return target()->isBreaking() && !m_wanted->isChecked()
               ? tr("It breaks what is agreed; say above that this is wanted.")
               : QString();
}

void ContractDialog::updateVerb() {
    if (m_rest.isActive() || !m_context.jobs.isIdle(this)) {
        return; // it has a reason already, and is asked again
    }
    m_verb->setKind(m_wanted->isVisibleTo(this) ? ButtonKind::Danger : ButtonKind::Primary);
    m_verb->setReason(whyNot());
}

void ContractDialog::agree() {
    if (!whyNot().isEmpty()) {
        return;
    }
    std::vector<catalog::Submission> submissions;
    QString last;
    for (const auto& one : target()->agreements) {
        if (!one.isThere) {
            submissions.push_back(
                catalog::submissionOf(one, *m_review.contract, m_why->text().trimmed().toStdString()));
            last = subjectWord(one.subject);
        }
    }
    const auto count = static_cast<int>(submissions.size());
    const auto done = count == 1
                          ? tr("%1 is agreed for %2.").arg(contractWord(*m_review.contract), last)
                          : tr("%1 is agreed for %n topics.", nullptr, count).arg(contractWord(*m_review.contract));
    m_verb->setReason(tr("It is being written to the ledger."));
    message()->hide();
    submitEntries(m_context, this, tr("Agreeing a contract"), std::move(submissions),
                  [this, done](const Result<catalog::LedgerEntry>& entry) {
                      if (entry) {
                          emit agreed(done, entry->number);
                          accept();
                          return;
                      }
                      sayError(text(entry.error().message));
                      reviewNow(); // somebody may have agreed something else meanwhile
                  });
}

} // namespace meshbone::ui
