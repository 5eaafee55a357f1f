// SPDX-License-Identifier: Apache-2.0
#include "schemas/scan_line.h"

#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/long_choice.h"
#include "widgets/message_bar.h"

#include <QDateTime>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::chrono::milliseconds kScanTick{200};
constexpr int kChoiceFrame = 48; // margins and arrow

/// All topics of the backbone but its own, by name.
ChoiceItems topicItems(const PageContext& context, const QString& all) {
    auto items = std::make_shared<std::vector<ChoiceItem>>();
    for (const auto& topic : context.health.facts()->topics) {
        if (!topic.internal) {
            items->push_back({text(topic.name), text(topic.name)});
        }
    }
    std::ranges::sort(*items, {}, &ChoiceItem::title);
    items->insert(items->begin(), {all, QString()});
    return items;
}

} // namespace

ScanLine::ScanLine(PageContext& context, ListPanel* list, const QString& name, const QString& allTopics)
    : QObject(list)
    , m_context(context)
    , m_list(list)
    , m_count(std::make_shared<std::atomic<std::int64_t>>(0)) {
    m_topic = new LongChoice(tr("Topics to look at"), false, list);
    m_topic->setObjectName(name + QStringLiteral("Topic"));
    m_topic->setItems(topicItems(context, allTopics));
    m_topic->setMinimumWidth(m_topic->fontMetrics().horizontalAdvance(allTopics) + kChoiceFrame);
    m_topic->setCurrentIndex(0);
    m_period = new Choice(tr("Events to look at"), list);
    m_period->setObjectName(name + QStringLiteral("Period"));
    m_period->addItems(evidencePeriods());
    m_run = new Button(tr("Look at Events"), ButtonKind::Plain, list);
    m_run->setObjectName(name + QStringLiteral("Run"));
    m_run->setAutoDefault(false);
    for (auto* widget : std::initializer_list<QWidget*>{m_topic, m_period, m_run}) {
        list->addFilter(widget);
    }
    connect(m_run, &Button::clicked, this, [this] {
        if (isRunning()) {
            m_context.jobs.cancel(m_job);
            ended();
            emit stopped();
            return;
        }
        m_count = std::make_shared<std::atomic<std::int64_t>>(0);
        emit runAsked();
    });
    m_ticks.setInterval(kScanTick);
    connect(&m_ticks, &QTimer::timeout, this, [this] {
        m_list->messageBar()->say(Tone::Neutral, tr("%1 events were looked at so far.").arg(formatCount(*m_count)));
    });
}

EvidenceWindow ScanLine::window() const {
    EvidenceWindow window;
    window.topic = m_topic->currentData().toString().toStdString();
    setPeriod(window, m_period->currentIndex(), QDateTime::currentMSecsSinceEpoch());
    return window;
}

void ScanLine::chooseTopic(const QString& topic) {
    m_topic->choose(topic);
}

void ScanLine::started(quint64 job) {
    m_job = job;
    m_ticks.start();
    m_run->setText(tr("Stop"));
    m_topic->setEnabled(false);
    m_period->setEnabled(false);
}

void ScanLine::ended() {
    m_job = 0;
    m_ticks.stop();
    m_list->messageBar()->hide();
    m_run->setText(tr("Look at Events"));
    m_topic->setEnabled(true);
    m_period->setEnabled(true);
}

void ScanLine::setReason(const QString& reason) {
    m_run->setReason(reason);
}

} // namespace meshbone::ui
