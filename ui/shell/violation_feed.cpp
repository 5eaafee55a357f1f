// SPDX-License-Identifier: Apache-2.0
#include "shell/violation_feed.h"

#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kViolationSettleMs = 300;
constexpr TimestampMs kRecentMs = 86'400'000;

/// The cause that most of a topic's events have.
QString commonCause(const catalog::TopicViolations& topic) {
    const auto most = std::ranges::max_element(topic.causes, {}, [](const auto& one) { return one.second; });
    return most == topic.causes.end() ? QString() : text(most->first).remove(u'`');
}

} // namespace

ViolationFeed::ViolationFeed(Services& services, QObject* parent)
    : QObject(parent)
    , m_services(services) {
    m_settle.setSingleShot(true);
    m_settle.setInterval(kViolationSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &ViolationFeed::read);
    if (m_services.violations == nullptr) {
        return;
    }
    m_changes = m_services.violations->onChanged([this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_settle.isActive()) {
                    m_settle.start();
                }
            },
            Qt::QueuedConnection);
    });
    read();
}

ViolationFeed::~ViolationFeed() {
    m_changes.reset();
}

void ViolationFeed::read() {
    auto topics = m_services.violations->all();
    auto problems = m_services.violations->problems();
    if (topics == m_topics && problems == m_problems) {
        return; // only how far was read has changed
    }
    m_topics = std::move(topics);
    m_problems = std::move(problems);
    emit changed();
}

const catalog::TopicViolations* ViolationFeed::of(const QString& topic) const {
    const auto found = std::ranges::find(m_topics, topic.toStdString(), &catalog::TopicViolations::topic);
    return found == m_topics.end() ? nullptr : &*found;
}

qint64 ViolationFeed::countOf(const QString& topic, const QString& subject) const {
    const auto* marked = of(topic);
    const auto isOf = [name = subject.toStdString()](const catalog::SchemaViolation& one) {
        return one.subject == name;
    };
    return marked != nullptr && std::ranges::any_of(marked->newest, isOf) ? marked->records : 0;
}

QString ViolationFeed::problemOf(const QString& topic) const {
    const auto own = m_problems.find(topic.toStdString());
    const auto ofAll = m_problems.find(std::string());
    return own != m_problems.end() ? text(own->second) : ofAll != m_problems.end() ? text(ofAll->second) : QString();
}

void ViolationFeed::forget(const QString& topic) {
    if (m_services.violations != nullptr) {
        m_services.violations->forget(topic.toStdString());
        read();
    }
}

QList<AttentionItem> violationAttention(const std::vector<catalog::TopicViolations>& topics, TimestampMs nowMs) {
    std::vector<const catalog::TopicViolations*> recent;
    for (const auto& topic : topics) {
        if (nowMs - topic.lastMs <= kRecentMs && !topic.newest.empty()) {
            recent.push_back(&topic);
        }
    }
    if (recent.empty()) {
        return {};
    }
    std::ranges::stable_sort(recent, std::greater{}, &catalog::TopicViolations::lastMs);
    const auto& last = *recent.front();
    const auto count = static_cast<int>(std::min<std::int64_t>(last.records, std::numeric_limits<int>::max()));
    const auto sentence =
        recent.size() > 1
            ? ViolationFeed::tr("%n topics got events against their schemas", nullptr, static_cast<int>(recent.size()))
        : last.refused == last.records
            ? ViolationFeed::tr("%n (event was|events were) refused by %1", nullptr, count).arg(text(last.topic))
            : ViolationFeed::tr("%n event(s) of %1 (isn't|aren't) as the schema says", nullptr, count)
                  .arg(text(last.topic));
    return {
        {Tone::Warn,
         sentence,
         recent.size() > 1 ? ViolationFeed::tr("%1: %2").arg(text(last.topic), commonCause(last)) : commonCause(last),
         ViolationFeed::tr("Show Events"),
         {QStringLiteral("topics"), {SelectionKind::Schema, text(last.newest.front().subject)}}}};
}

} // namespace meshbone::ui
