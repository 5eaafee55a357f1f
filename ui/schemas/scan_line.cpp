// SPDX-License-Identifier: Apache-2.0
#include "schemas/scan_line.h"

#include "schemas/topics_dialog.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QDateTime>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::chrono::milliseconds kScanTick{200};
constexpr int kChoiceFrame = 64; // margins and arrow

const QString kSeveral = QStringLiteral("*"); // no topic's name

/// All topics of the backbone but its own, by name.
ChoiceItems topicItems(const PageContext& context) {
    auto items = std::make_shared<std::vector<ChoiceItem>>();
    for (const auto& topic : context.health.facts()->topics) {
        if (!topic.internal) {
            items->push_back({text(topic.name), text(topic.name)});
        }
    }
    std::ranges::sort(*items, {}, &ChoiceItem::title);
    return items;
}

} // namespace

ScanLine::ScanLine(PageContext& context, ListPanel* list, const QString& name, const QString& allTopics)
    : QObject(list)
    , m_context(context)
    , m_list(list)
    , m_allTopics(allTopics)
    , m_known(topicItems(context))
    , m_count(std::make_shared<std::atomic<std::int64_t>>(0)) {
    m_topic = new LongChoice(tr("Topics to look at"), false, list);
    m_topic->setObjectName(name + QStringLiteral("Topic"));
    setSeveral({});
    m_topic->setMinimumWidth(m_topic->fontMetrics().horizontalAdvance(allTopics) + kChoiceFrame);
    m_topic->setCurrentIndex(0);
    connect(m_topic, &QComboBox::activated, this, [this](int row) {
        if (m_topic->itemData(row) == kSeveral) {
            chooseSeveral();
        } else {
            m_before = m_topic->itemData(row).toString();
        }
    });
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
    setPeriod(window, m_period->currentIndex(), QDateTime::currentMSecsSinceEpoch());
    return window;
}

std::vector<std::string> ScanLine::topics() const {
    const auto one = m_topic->currentData().toString();
    std::vector<std::string> topics;
    for (const auto& name : one == kSeveral ? m_several : QStringList{one}) {
        topics.push_back(name.toStdString());
    }
    std::erase(topics, std::string());
    return topics;
}

/// All of them, several, and each; the names of the several are the tool tip.
void ScanLine::setSeveral(const QStringList& topics) {
    m_several = topics;
    auto items = std::make_shared<std::vector<ChoiceItem>>();
    items->push_back({m_allTopics, QString()});
    items->push_back(
        {topics.isEmpty() ? tr("Several topics…") : tr("%n topic(s)…", nullptr, static_cast<int>(topics.size())),
         kSeveral});
    items->insert(items->end(), m_known->begin(), m_known->end());
    m_topic->setItems(std::move(items));
    m_topic->setToolTip(topics.join(u'\n'));
}

/// Where none is chosen in the end, it is what was chosen before.
void ScanLine::chooseSeveral() {
    auto* dialog = new TopicsDialog(m_known, m_several, m_topic->window());
    connect(dialog, &TopicsDialog::chosen, this, &ScanLine::setSeveral);
    connect(dialog, &QDialog::finished, this, [this] {
        if (m_several.isEmpty() && !m_topic->choose(m_before)) {
            m_topic->setCurrentIndex(0);
        }
    });
    dialog->open(); // no second one meanwhile
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
