// SPDX-License-Identifier: Apache-2.0
#include "shell/status_bar.h"

#include "widgets/button.h"
#include "widgets/cell.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace meshbone::ui {

namespace {

constexpr int kBarHeight = 28;

QString titleOf(const backbone::RunStatus& run) {
    const auto source = text(run.request.sourceTopic);
    if (const auto* window = std::get_if<backbone::TimeWindow>(&run.request.window)) {
        return StatusBar::tr("Replaying %1 %2 %3–%4")
            .arg(source, formatDay(window->fromMs), formatMinute(window->fromMs), formatMinute(window->toMs));
    }
    return StatusBar::tr("Replaying %1").arg(source);
}

} // namespace

class StatusBar::Progress : public QWidget {
public:
    Progress() { setFixedSize(120, 12); }
    void setFraction(double fraction) {
        m_fraction = fraction;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawCell(painter, QRectF(rect()), {cell::bar(std::max(0.0, m_fraction), Tone::Accent, width())}, false, false);
    }

private:
    double m_fraction = 0;
};

class StatusBar::LedgerState : public QPushButton {
public:
    LedgerState() {
        setFlat(true);
        setFixedHeight(kBarHeight - 4);
        setObjectName(QStringLiteral("ledgerState"));
    }
    void setWords(Tone tone, const QString& words) {
        const auto ink = tone == Tone::Ok || tone == Tone::Neutral ? Token::Text2 : toneInk(tone);
        m_cell = {
            cell::icon(tone == Tone::Danger || tone == Tone::Warn ? toneIcon(tone) : QStringLiteral("shield"), ink),
            cell::text(words, ink)};
        m_cell.back().style = TextStyle::Secondary;
        setAccessibleName(words);
        setFixedWidth(static_cast<int>(cellWidth(m_cell, false)) + 12);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        if (hasFocus() || underMouse()) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(hasFocus() ? QPen(color(Token::Accent), 2) : QPen(Qt::NoPen));
            painter.setBrush(underMouse() ? color(Token::Pressed) : Qt::transparent);
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
        }
        drawCell(painter, QRectF(rect()).adjusted(6, 0, -4, 0), m_cell, false, false);
    }

private:
    Cell m_cell;
};

StatusBar::StatusBar(PageContext& context, QWidget* parent)
    : Ground(Token::Window, Qt::TopEdge, parent)
    , m_context(context) {
    setFixedHeight(kBarHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 10, 0);
    row->setSpacing(8);
    m_counts = new Label({}, TextStyle::Secondary, Token::Text2);
    m_counts->setObjectName(QStringLiteral("statusCounts"));
    m_title = new Label({}, TextStyle::Secondary, Token::Text2);
    m_title->setObjectName(QStringLiteral("statusTask"));
    m_title->setElided(true);
    m_progress = new Progress;
    m_percent = new Label({}, TextStyle::SecondaryStrong);
    m_cancel = Button::iconButton(QStringLiteral("close"), tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("statusCancel"));
    m_cancel->setFixedSize(24, 22);
    m_ledger = new LedgerState;
    row->addWidget(m_counts);
    row->addStretch(1);
    row->addWidget(m_title);
    row->addWidget(m_progress);
    row->addWidget(m_percent);
    row->addWidget(m_cancel);
    auto* line = new Ground(Token::Window, Qt::LeftEdge);
    line->setFixedWidth(1);
    row->addWidget(line);
    row->addWidget(m_ledger);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_cancelShown) {
            m_cancelShown();
        }
    });
    connect(m_ledger, &QPushButton::clicked, this, [this] { m_context.navigator.goTo(QStringLiteral("audit")); });
    connect(&context.feed, &LiveFeed::trafficChanged, this, &StatusBar::updateCounts);
    connect(&context.feed, &LiveFeed::stateChanged, this, &StatusBar::updateCounts);
    connect(&context.health, &MeshHealth::changed, this, &StatusBar::updateCounts);
    connect(&context.feed, &LiveFeed::runsChanged, this, &StatusBar::updateTasks);
    connect(&context.jobs, &JobRunner::tasksChanged, this, &StatusBar::updateTasks);
    connect(&context.ledger, &LedgerWatch::changed, this, &StatusBar::updateLedger);
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, &StatusBar::updateTasks);
    updateCounts();
    updateTasks();
    updateLedger();
}

void StatusBar::updateCounts() {
    const auto& topics = m_context.feed.traffic()->topics;
    auto count = std::ranges::count_if(topics, [](const auto& topic) { return !isInternalTopic(topic.topic); });
    if (topics.empty()) {
        count =
            std::ranges::count_if(m_context.health.facts()->topics, [](const auto& topic) { return !topic.internal; });
    }
    const auto counted = tr("%n topic(s)", nullptr, static_cast<int>(count));
    switch (m_context.feed.state().reachability) {
    case backbone::Reachability::Healthy:
        m_counts->setText(tr("%1 · %2 ev/s").arg(counted, formatRate(m_context.feed.eventsPerSecond())));
        break;
    case backbone::Reachability::Unreachable:
        m_counts->setText(tr("%1 · offline").arg(counted));
        break;
    case backbone::Reachability::Connecting:
        m_counts->setText(tr("Connecting to %1…").arg(text(m_context.services.backbone.profile().name)));
        break;
    }
}

QList<StatusBar::Shown> StatusBar::running() const {
    QList<Shown> shown;
    for (const auto& run : m_context.feed.runs()) {
        if (run.state == backbone::RunState::Running) {
            const auto fraction =
                run.planned > 0 ? static_cast<double>(run.written) / static_cast<double>(run.planned) : -1;
            shown << Shown{titleOf(run), fraction, [this, id = run.run] {
                               (void)m_context.services.backbone.replays().cancel(id); // its end is told by runsChanged
                           }};
        }
    }
    for (const auto& task : m_context.jobs.visibleTasks()) {
        shown << Shown{task.title, task.fraction,
                       task.cancellable ? std::function<void()>([this, id = task.id] { m_context.jobs.cancel(id); })
                                        : std::function<void()>()};
    }
    return shown;
}

void StatusBar::updateTasks() {
    const auto shown = running();
    const bool any = !shown.isEmpty();
    const auto first = any ? shown.front() : Shown{};
    m_title->setText(shown.size() > 1
                         ? tr("%1 and %n more", nullptr, static_cast<int>(shown.size()) - 1).arg(first.title)
                         : first.title);
    QStringList all;
    for (const auto& task : shown) {
        all << task.title;
    }
    m_title->setToolTip(all.join(u'\n'));
    m_title->setVisible(any);
    m_progress->setVisible(any && first.fraction >= 0);
    m_progress->setFraction(first.fraction);
    m_percent->setVisible(any && first.fraction >= 0);
    m_percent->setText(formatPercent(std::max(0.0, first.fraction)));
    m_cancelShown = first.cancel;
    m_cancel->setVisible(static_cast<bool>(first.cancel));
    m_cancel->setToolTip(tr("Cancel “%1”").arg(first.title));
}

void StatusBar::updateLedger() {
    m_ledger->setWords(m_context.ledger.tone(), m_context.ledger.words());
}

} // namespace meshbone::ui
