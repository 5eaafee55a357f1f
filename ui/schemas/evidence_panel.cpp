// SPDX-License-Identifier: Apache-2.0
#include "schemas/evidence_panel.h"

#include "message/samples_dialog.h"
#include "schemas/schema_acts.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QDateTime>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr int kTimeWidth = 150;
constexpr std::chrono::milliseconds kTick{200};
constexpr auto kPageLimit = std::chrono::seconds(30);

} // namespace

EvidencePanel::EvidencePanel(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("evidencePanel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_list = new ListPanel(QStringLiteral("evidence"), this);
    m_list->filterLine()->hide();
    m_list->setSource(&m_model);
    m_list->table()->setAccessibleName(tr("What came of the events"));
    layout->addWidget(m_list);
    buildTools();
    m_ticks.setInterval(kTick);
    connect(&m_ticks, &QTimer::timeout, this, [this] {
        m_list->messageBar()->say(Tone::Neutral, tr("%1 events were looked at so far.").arg(formatCount(*m_read)));
    });
    connect(m_list, &ListPanel::activated, this, &EvidencePanel::openSamples);
    m_list->setContextMenu([this](QMenu& menu) {
        const int row = m_list->currentSourceRow();
        auto* open = menu.addAction(tr("Open the Events…"), this, [this, row] { openSamples(row); });
        open->setEnabled(row >= 0 && !m_model.at(row).samples.empty());
    });
    forget();
}

void EvidencePanel::buildTools() {
    m_period = new Choice(tr("Events to try it on"), this);
    m_period->setObjectName(QStringLiteral("evidencePeriod"));
    m_period->addItems(evidencePeriods() << tr("From … to …"));
    const auto makeTime = [this](const char* name, const QString& what) {
        auto* line = new QLineEdit(this);
        line->setObjectName(QLatin1String(name));
        line->setPlaceholderText(what);
        line->setAccessibleName(what);
        line->setToolTip(tr("As 2018-02-06 12:00; empty: no limit."));
        line->setFixedWidth(kTimeWidth);
        line->hide();
        connect(line, &QLineEdit::returnPressed, this, [this] { m_run->click(); });
        return line;
    };
    m_from = makeTime("evidenceFrom", tr("From"));
    m_to = makeTime("evidenceTo", tr("To"));
    m_run = new Button(tr("Run over Events"), ButtonKind::Plain, this);
    m_run->setObjectName(QStringLiteral("evidenceRun"));
    m_run->setAutoDefault(false);
    for (auto* widget : std::initializer_list<QWidget*>{m_period, m_from, m_to, m_run}) {
        m_list->addFilter(widget);
    }
    connect(m_period, &QComboBox::currentIndexChanged, this, [this](int period) {
        const bool isTyped = period == m_period->count() - 1;
        m_from->setVisible(isTyped);
        m_to->setVisible(isTyped);
    });
    connect(m_run, &Button::clicked, this, [this] { isRunning() ? m_context.jobs.cancel(m_job) : run(); });
}

std::string EvidencePanel::topic() const {
    return knownTopics(m_context).topicOf(m_subject.toStdString());
}

QString EvidencePanel::whyNot() const {
    if (m_candidate == nullptr) {
        return tr("The text can't be parsed yet.");
    }
    return topic().empty() ? tr("The backbone has no topic whose name this subject carries.") : QString();
}

void EvidencePanel::setCandidate(const catalog::ParsedSchemaPtr& candidate, const QString& subject) {
    const bool isSame = candidate != nullptr && m_candidate != nullptr && subject == m_subject &&
                        candidate->type() == m_candidate->type() &&
                        candidate->canonicalText() == m_candidate->canonicalText();
    m_candidate = candidate;
    m_subject = subject;
    if (isSame) {
        return;
    }
    if (isRunning()) {
        m_context.jobs.cancel(m_job);
    }
    forget();
}

/// What was found is of another text.
void EvidencePanel::forget() {
    m_isForgotten = true;
    m_model.setRows({});
    m_list->messageBar()->hide();
    const auto name = text(topic());
    if (name.isEmpty()) {
        m_list->emptyView()->setMessage(QStringLiteral("topic"), tr("No topic, no events"),
                                        tr("The backbone has no topic whose name this subject carries; there is "
                                           "nothing to try the schema on."));
    } else {
        m_list->emptyView()->setMessage(
            QStringLiteral("topic"), tr("Not tried on events yet"),
            tr("Run it over events of %1: can consumers with it read them, could producers with it write them?")
                .arg(name));
    }
    updateTools();
}

void EvidencePanel::updateTools() {
    m_run->setText(isRunning() ? tr("Stop") : tr("Run over Events"));
    m_run->setReason(isRunning() ? QString() : whyNot());
    m_period->setEnabled(!isRunning());
}

Result<EvidenceWindow> EvidencePanel::window() const {
    EvidenceWindow window;
    window.topic = topic();
    if (m_period->currentIndex() < m_period->count() - 1) {
        setPeriod(window, m_period->currentIndex(), QDateTime::currentMSecsSinceEpoch());
        return window;
    }
    for (const auto& [line, time] : {std::pair(m_from, &window.fromMs), std::pair(m_to, &window.toMs)}) {
        const auto typed = parseTypedTime(line->text());
        if (!typed && !line->text().trimmed().isEmpty()) {
            return fail(ErrorCode::InvalidArgument,
                        tr("“%1” is not a time; write it as 2018-02-06 12:00.").arg(line->text()).toStdString());
        }
        *time = typed.value_or(-1);
    }
    return window;
}

void EvidencePanel::run() {
    const auto wanted = window();
    if (!wanted) {
        m_list->messageBar()->say(Tone::Warn, text(wanted.error().message));
        return;
    }
    m_read = std::make_shared<std::atomic<std::int64_t>>(0);
    m_model.setRows({});
    m_isForgotten = false;
    m_job = m_context.jobs.run(
        this, {.title = tr("Trying a schema on %1").arg(text(wanted->topic)), .key = QStringLiteral("evidence")},
        [&backbone = m_context.services.backbone, book = m_context.schemas.book(), candidate = m_candidate,
         isKey = m_subject.endsWith(QStringLiteral("-key")), window = *wanted,
         read = m_read](const JobContext& job) -> Result<EvidenceFound> {
            catalog::SchemaEvidence evidence(book, candidate, isKey);
            const auto most = window.newest > 0 ? static_cast<std::int64_t>(window.newest) : window.eventsMax;
            return runEvidence(backbone, evidence, window, job.call(kPageLimit), [&](std::int64_t events) {
                *read = events;
                job.progress(static_cast<double>(events) / static_cast<double>(most));
            });
        },
        [this, window = *wanted](const Result<EvidenceFound>& found) { show(found, window); });
    m_ticks.start();
    updateTools();
}

void EvidencePanel::show(const Result<EvidenceFound>& found, const EvidenceWindow& window) {
    m_job = 0;
    m_ticks.stop();
    auto* bar = m_list->messageBar();
    bar->hide();
    if (found && !m_isForgotten) {
        const auto verdict = evidenceVerdict(*found, window);
        m_model.setRows(evidenceRows(found->report));
        bar->say(verdict.tone, verdict.sentence, verdict.coverage);
    } else if (!found && found.error().code != ErrorCode::Cancelled) {
        bar->say(Tone::Danger, tr("The events can't be read."), text(found.error().message));
    }
    updateTools();
    emit finished();
}

void EvidencePanel::openSamples(int row) {
    if (row < 0 || m_model.at(row).samples.empty()) {
        return;
    }
    const auto& one = m_model.at(row);
    auto* dialog =
        new SamplesDialog(m_context, tr("Events that Fail"),
                          tr("%1 For %2, %Ln event(s); these are the first.", nullptr, static_cast<int>(one.events))
                              .arg(one.what, one.who),
                          one.samples, this);
    dialog->show();
}

} // namespace meshbone::ui
