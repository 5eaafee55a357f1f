// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_page.h"

#include "replay/manifest_dialog.h"
#include "replay/replay_form.h"
#include "replay/timeline.h"
#include "replay/window_bar.h"
#include "replay/window_events.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/panel.h"

#include <catalog/catalog.h>

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kPlanDelayMs = 250;
constexpr int kPreviewRowsMax = 9;
// The timeline, the preview and the form need the room of a low window; the runs get by with less.
constexpr int kUpperHeightMin = 400, kRunsHeightMin = 160;
constexpr auto kScanLimit = std::chrono::seconds(60);
const QString kPageId = QStringLiteral("replay");

} // namespace

ReplayPage::ReplayPage(PageContext& context)
    : Page(context, kPageId, tr("Replay"))
    , m_whyNoPlan(tr("Choose a topic and brush a window.")) {
    setObjectName(QStringLiteral("replayPage"));
    addCommands();
    auto* upper = new QWidget(this);
    upper->setMinimumHeight(kUpperHeightMin);
    auto* layout = new QVBoxLayout(upper);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_bar = new WindowBar(upper);
    m_timeline = new Timeline(upper);
    layout->addWidget(m_bar);
    layout->addWidget(m_timeline, 1);
    layout->addWidget(new Rule(upper));
    layout->addWidget(buildPreview());
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(upper);
    splitter->addWidget(buildRuns());
    splitter->setStretchFactor(0, 1);
    content()->addWidget(splitter, 1);
    m_planSoon.setSingleShot(true);
    m_planSoon.setInterval(kPlanDelayMs);
    connect(&m_planSoon, &QTimer::timeout, this, &ReplayPage::plan);
    connect(m_bar, &WindowBar::topicChosen, this, [this](const QString& topic) {
        this->context().navigator.select({SelectionKind::Topic, topic});
    });
    connect(m_bar, &WindowBar::windowTyped, this, [this](const WindowMs& window) { setWindow(window, true); });
    connect(m_bar, &WindowBar::badWindow, this, &ReplayPage::rejectWindow);
    connect(m_bar, &WindowBar::zoomAsked, m_timeline, &Timeline::zoomBy);
    connect(m_bar, &WindowBar::allAsked, m_timeline, &Timeline::showAll);
    connect(m_timeline, &Timeline::windowChanged, this, [this](const WindowMs& window) { setWindow(window, false); });
    connect(m_timeline, &Timeline::rangeAsked, this, [this](const WindowMs& range) { loadHistogram(range); });
    connect(m_timeline, &Timeline::allAsked, this, [this] { loadHistogram(std::nullopt); });
    connect(m_form, &ReplayForm::changed, this, [this] {
        if (!m_window.isEmpty() && !isPlanned()) {
            dropPlan(tr("Counting…")); // what stands on the button must be what would be replayed
        }
        m_planSoon.start();
    });
    connect(&context.feed, &LiveFeed::runsChanged, this, &ReplayPage::updateRuns);
    follow(&context.health, &MeshHealth::changed, &ReplayPage::updateTopics);
    clearPlan(m_whyNoPlan);
}

void ReplayPage::addCommands() {
    const auto add = [this](const char* id, const QString& text, const QKeySequence& shortcut, const char* icon,
                            std::function<void()> run, std::function<QString()> whyDisabled) {
        context().commands.add(this, {QString::fromLatin1(id), text, tr("Replay"), shortcut, QString::fromLatin1(icon),
                                      kPageId, std::move(run), std::move(whyDisabled), true});
    };
    const auto runIs = [this](std::initializer_list<backbone::RunState> states, const QString& why) {
        const auto* run = currentRun();
        return run == nullptr                                          ? tr("Choose a run first.")
               : std::ranges::find(states, run->state) == states.end() ? why
                                                                       : QString();
    };
    using backbone::RunState;
    add(
        "replay.start", tr("Replay"), QKeySequence(QStringLiteral("Ctrl+Return")), "play", [this] { start(); },
        [this] { return m_whyNoPlan; });
    add(
        "replay.events", tr("Show Events…"), QKeySequence(QStringLiteral("E")), "eye", [this] { showEvents(); },
        [this] { return m_plan ? QString() : m_whyNoPlan; });
    add(
        "replay.pause", tr("Pause Run"), {}, "pause", [this] { act(&backbone::Replays::pause); },
        [runIs] { return runIs({RunState::Running}, tr("Only a running replay can be paused.")); });
    add(
        "replay.resume", tr("Resume Run"), {}, "play", [this] { act(&backbone::Replays::resume); },
        [runIs] { return runIs({RunState::Paused}, tr("Only a paused replay can be resumed.")); });
    add(
        "replay.cancel", tr("Cancel Run"), {}, "stop", [this] { act(&backbone::Replays::cancel); },
        [runIs] {
            return runIs({RunState::Running, RunState::Paused}, tr("The run has ended."));
        });
    add(
        "replay.manifest", tr("Show Manifest…"), {}, "file", [this] { showManifest(); },
        [this] { return currentRun() == nullptr ? tr("Choose a run first.") : QString(); });
}

QWidget* ReplayPage::buildPreview() {
    auto* part = new QWidget(this);
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setContentsMargins(0, 10, 0, 10);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 0, 16, 0);
    m_previewTitle = new Label(tr("Preview"), TextStyle::SmallStrong, Token::Text2, part);
    m_planHash = new Label({}, TextStyle::Mono, Token::Text3, part);
    m_planHash->setTextInteractionFlags(Qt::TextSelectableByMouse);
    head->addWidget(m_previewTitle);
    head->addStretch();
    head->addWidget(m_planHash);
    head->addWidget(context().commands.makeButton(QStringLiteral("replay.events"), part));
    left->addLayout(head);
    m_previewTable = new TableView(part);
    m_previewTable->setObjectName(QStringLiteral("replayPreview"));
    m_previewTable->setAccessibleName(tr("Preview by partition"));
    m_previewTable->setModel(&m_preview);
    m_previewTable->setRowHeight(28);
    m_previewTable->setHeightByRows(kPreviewRowsMax);
    m_previewTable->setSortingEnabled(false);
    left->addWidget(m_previewTable);
    m_notes = new Label({}, TextStyle::Secondary, Token::Text2, part);
    m_notes->setObjectName(QStringLiteral("replayNotes"));
    m_notes->setWordWrap(true);
    m_notes->setContentsMargins(16, 4, 16, 0);
    left->addWidget(m_notes);
    left->addStretch();
    m_form = new ReplayForm(context(), part);
    row->addLayout(left, 1);
    auto* line = new Ground(Token::Surface, Qt::LeftEdge, part);
    auto* lineLayout = new QVBoxLayout(line);
    lineLayout->setContentsMargins(1, 0, 0, 0);
    lineLayout->addWidget(m_form);
    row->addWidget(line);
    return part;
}

QWidget* ReplayPage::buildRuns() {
    m_runList = new ListPanel(QStringLiteral("runs"), this);
    m_runList->setSource(&m_runs);
    m_runList->setMinimumHeight(kRunsHeightMin);
    m_runList->table()->sortByColumn(0, Qt::AscendingOrder);
    m_runList->emptyView()->setMessage(QStringLiteral("replay"), tr("No replay yet"),
                                       tr("Brush a window above and replay it; runs stay here with their manifests."));
    const QStringList ids{QStringLiteral("replay.pause"), QStringLiteral("replay.resume"),
                          QStringLiteral("replay.cancel"), QStringLiteral("replay.manifest")};
    for (const auto& id : ids) {
        m_runList->addTool(context().commands.makeButton(id, m_runList));
    }
    m_runList->setContextMenu([this, ids](QMenu& menu) { context().commands.addToMenu(menu, ids); });
    connect(m_runList, &ListPanel::currentChanged, this, [this] { context().commands.refresh(); });
    connect(m_runList, &ListPanel::activated, this, &ReplayPage::showManifest);
    return m_runList;
}

bool ReplayPage::isSettled() const {
    return context().jobs.isIdle(this) && !m_planSoon.isActive() && (m_histogramLoaded || m_topic.isEmpty());
}

void ReplayPage::entered() {
    updateTopics();
    updateRuns();
    if (m_topic.isEmpty() && context().navigator.selection().kind != SelectionKind::Topic) {
        return;
    }
    if (!m_topic.isEmpty() && !m_histogramLoaded) {
        loadHistogram(std::nullopt);
    }
}

void ReplayPage::showSelection(const Selection& selection) {
    if (selection.kind == SelectionKind::Topic && selection.name != m_topic) {
        setTopic(selection.name);
    }
}

void ReplayPage::focusFilter() {
    m_runList->filterLine()->setFocus(Qt::ShortcutFocusReason);
}

void ReplayPage::updateTopics() {
    QStringList topics;
    for (const auto& topic : context().health.facts()->topics) {
        if (!topic.internal) {
            topics << text(topic.name);
        }
    }
    m_bar->setTopics(topics);
    if (m_topic.isEmpty() && !topics.isEmpty() && isVisible()) {
        const auto& selection = context().navigator.selection();
        setTopic(selection.kind == SelectionKind::Topic ? selection.name : topics.first());
    } else if (!m_topic.isEmpty()) {
        m_bar->setTopic(m_topic);
    }
}

void ReplayPage::setTopic(const QString& topic) {
    m_topic = topic;
    m_bar->setTopic(topic);
    setCrumb(topic);
    m_form->proposeTarget(topic);
    m_window = {};
    m_timeline->setWindow({});
    m_bar->setWindow({});
    m_histogramLoaded = false;
    dropPlan(tr("Brush a window on the timeline, or type it above."));
    loadHistogram(std::nullopt);
}

void ReplayPage::loadHistogram(std::optional<WindowMs> range) {
    backbone::HistogramQuery query;
    query.topic = m_topic.toStdString();
    if (range) {
        query.fromMs = range->fromMs;
        query.toMs = range->toMs;
    }
    JobOptions options;
    options.key = QStringLiteral("replay.histogram");
    options.title = tr("Counting events of %1").arg(m_topic);
    context().jobs.run(
        this, options,
        [&backbone = context().services.backbone, query](const JobContext& job) {
            return backbone.messages().histogram(query, job.call(kScanLimit));
        },
        [this](Result<backbone::Histogram> histogram) {
            m_histogramLoaded = true;
            if (histogram) {
                messageBar()->hide();
                showHistogram(*histogram);
                return;
            }
            messageBar()->say(Tone::Danger, QString::fromStdString(histogram.error().message));
            messageBar()->show();
        });
}

void ReplayPage::showHistogram(const backbone::Histogram& histogram) {
    m_timeline->setHistogram(histogram);
    m_bar->setScale(histogram.bucketMs > 0
                        ? tr("1 bar = %1").arg(formatSpan(std::chrono::milliseconds(histogram.bucketMs)))
                        : QString());
    setRemark(histogram.records == 0 ? tr("no events")
                                     : tr("%1 events from %2 to %3")
                                           .arg(formatCount(histogram.records), formatTime(histogram.firstMs),
                                                formatTime(histogram.lastMs)));
}

void ReplayPage::setWindow(const WindowMs& window, bool typed) {
    if (window == m_window) {
        return;
    }
    m_window = window;
    m_timeline->setFlag({});
    m_bar->setWindow(window);
    if (typed) {
        m_timeline->setWindow(window);
        const auto shown = m_timeline->range();
        if (!window.isEmpty() && !shown.isEmpty() && (window.fromMs < shown.fromMs || window.toMs > shown.toMs)) {
            loadHistogram(WindowMs{std::min(window.fromMs, shown.fromMs), std::max(window.toMs, shown.toMs)});
        }
    }
    dropPlan(tr("Counting…"));
    m_planSoon.start();
}

void ReplayPage::rejectWindow(const QString& sentence) {
    m_window = {}; // the fields keep what was typed
    m_timeline->setWindow({});
    m_timeline->setFlag({});
    dropPlan(sentence);
}

bool ReplayPage::isPlanned() const {
    if (!m_plan) {
        return false;
    }
    const auto now = request();
    const auto& planned = m_plan->request;
    return planned.targetTopic == now.targetTopic && planned.pace.kind == now.pace.kind &&
           planned.pace.value == now.pace.value;
}

void ReplayPage::dropPlan(const QString& why) {
    m_planSoon.stop();
    ++m_planTurn; // a plan that is being made is of something else by now
    context().jobs.cancel(m_planJob);
    clearPlan(why);
}

backbone::ReplayRequest ReplayPage::request() const {
    backbone::ReplayRequest request;
    request.sourceTopic = m_topic.toStdString();
    request.targetTopic = m_form->target().toStdString();
    request.window = backbone::TimeWindow{m_window.fromMs, m_window.toMs};
    request.pace = m_form->pace();
    return request;
}

void ReplayPage::plan() {
    if (m_topic.isEmpty() || (m_window.fromMs == 0 && m_window.toMs == 0)) {
        return; // nothing has been asked for yet
    }
    JobOptions options;
    options.key = QStringLiteral("replay.plan");
    options.title = tr("Planning a replay of %1").arg(m_topic);
    m_planJob = context().jobs.run(
        this, options,
        [&backbone = context().services.backbone, request = request()](const JobContext& job) {
            return backbone.replays().plan(request, job.call(kScanLimit),
                                           [&job](double fraction) { job.progress(fraction); });
        },
        [this, turn = m_planTurn](Result<backbone::ReplayPlan> plan) {
            if (turn == m_planTurn) {
                plan ? showPlan(*plan) : clearPlan(QString::fromStdString(plan.error().message));
            }
        });
}

void ReplayPage::showPlan(const backbone::ReplayPlan& plan) {
    m_plan = plan;
    m_whyNoPlan.clear();
    for (const auto& finding : plan.findings) {
        if (finding.severity == backbone::ReplayFinding::Severity::Blocking && m_whyNoPlan.isEmpty()) {
            m_whyNoPlan = text(finding.sentence);
        }
    }
    m_preview.setPlan(plan);
    m_previewTable->setHeightByRows(kPreviewRowsMax);
    m_previewTitle->setText(tr("Preview, exact; scanned to the frozen end in %1").arg(formatSpan(plan.scanTime)));
    m_planHash->setText(tr("plan %1").arg(text(plan.hash).left(19) + QStringLiteral("…")));
    m_planHash->setToolTip(text(plan.hash));
    m_timeline->setFlag(tr("%1 · %n event(s)", nullptr, static_cast<int>(plan.records()))
                            .arg(formatSpan(std::chrono::milliseconds(m_window.span()))));
    updateNotes(plan);
    m_form->setPlan(&plan, m_whyNoPlan);
    context().commands.refresh();
}

void ReplayPage::showEvents() {
    showWindowEvents(context(), this, m_topic, m_window, [this](const QString& sentence) {
        messageBar()->say(Tone::Danger, sentence);
        messageBar()->show();
    });
}

void ReplayPage::updateNotes(const backbone::ReplayPlan& plan) {
    std::int64_t outOfOrder = 0;
    std::map<std::string, std::int64_t> leftOut;
    for (const auto& partition : plan.partitions) {
        outOfOrder += partition.outOfOrder;
        for (const auto& [reason, count] : partition.leftOut) {
            leftOut[reason] += count;
        }
    }
    QStringList notes;
    for (const auto& [reason, count] : leftOut) {
        notes << tr("Left out: %1 (%2).").arg(formatCount(count), text(reason));
    }
    if (outOfOrder > 0) {
        notes << tr("%1 events stand out of the order of their times; each is counted where it belongs.")
                     .arg(formatCount(outOfOrder));
    }
    notes << tr(
        "Frozen to offsets: what is written from now on is not part of it. What a replay writes can't be undone.");
    m_notes->setText(notes.join(QLatin1Char('\n')));
}

void ReplayPage::clearPlan(const QString& why) {
    m_plan.reset();
    m_whyNoPlan = why;
    m_preview.clear();
    m_previewTable->setHeightByRows(kPreviewRowsMax);
    m_previewTitle->setText(tr("Preview"));
    m_planHash->setText({});
    m_notes->setText(why);
    m_form->setPlan(nullptr, why);
    context().commands.refresh();
}

void ReplayPage::start() {
    if (auto* field = qobject_cast<QLineEdit*>(focusWidget())) {
        field->clearFocus(); // started by its shortcut: what was typed so far is meant, not what stood there before
        field->setFocus();
    }
    if (!m_plan) {
        return;
    }
    JobOptions options;
    options.title = tr("Starting the replay of %1").arg(m_topic);
    options.cancellable = false;
    context().jobs.run(
        this, options,
        [&services = context().services, plan = *m_plan](const JobContext& job) -> Result<std::string> {
            auto run = services.backbone.replays().start(plan);
            if (run && services.catalog != nullptr) {
                const catalog::RecordAct record{"replay.started",
                                                *run,
                                                {},
                                                {{"source", plan.request.sourceTopic},
                                                 {"target", plan.request.targetTopic},
                                                 {"plan", plan.hash},
                                                 {"records", std::to_string(plan.records())}}};
                // The replay runs whether or not the ledger can be written; Audit shows what it knows.
                (void)services.catalog->submit({record, {}, {}}, job.call());
            }
            return run;
        },
        [this](Result<std::string> run) {
            if (run) {
                messageBar()->hide();
                updateRuns();
                return;
            }
            messageBar()->say(Tone::Danger, QString::fromStdString(run.error().message));
            messageBar()->show();
        });
}

void ReplayPage::updateRuns() {
    m_runs.setRows(context().feed.runs());
    context().commands.refresh();
}

const backbone::RunStatus* ReplayPage::currentRun() const {
    const int row = m_runList == nullptr ? -1 : m_runList->currentSourceRow();
    return row >= 0 && row < m_runs.rowCount() ? &m_runs.at(row) : nullptr;
}

void ReplayPage::act(Status (backbone::Replays::*what)(const std::string&)) {
    if (const auto* run = currentRun()) {
        if (const auto done = (context().services.backbone.replays().*what)(run->run); !done) {
            m_runList->messageBar()->say(Tone::Danger, QString::fromStdString(done.error().message));
            m_runList->messageBar()->show();
        }
    }
}

void ReplayPage::showManifest() {
    const auto* run = currentRun();
    if (run == nullptr) {
        return;
    }
    JobOptions options;
    options.key = QStringLiteral("replay.manifest");
    context().jobs.run(
        this, options,
        [&backbone = context().services.backbone, id = run->run](const JobContext&) {
            return backbone.replays().manifest(id);
        },
        [this](Result<backbone::Manifest> manifest) {
            if (manifest) {
                (new ManifestDialog(*manifest, this))->open();
                return;
            }
            m_runList->messageBar()->say(Tone::Danger, QString::fromStdString(manifest.error().message));
            m_runList->messageBar()->show();
        });
}

} // namespace meshbone::ui
