// SPDX-License-Identifier: Apache-2.0
#include "overview/busy_topics_model.h"

#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

std::vector<BusyTopicRow> busyTopics(const backbone::TrafficSnapshot& traffic, const CatalogView& catalog,
                                     std::size_t limit) {
    std::vector<const backbone::TopicTraffic*> topics;
    for (const auto& topic : traffic.topics) {
        if (!isInternalTopic(topic.topic) && topic.perSecond > 0) {
            topics.push_back(&topic);
        }
    }
    std::ranges::stable_sort(topics, std::greater{}, &backbone::TopicTraffic::perSecond);
    topics.resize(std::min(topics.size(), limit));
    std::vector<BusyTopicRow> rows;
    for (const auto* topic : topics) {
        const auto* facts = catalog.topic(topic->topic);
        rows.push_back(
            {text(topic->topic), facts == nullptr ? QString() : text(facts->domain), topic->perSecond, topic->recent});
    }
    return rows;
}

BusyTopicsModel::BusyTopicsModel(QObject* parent)
    : RowsModel({{QStringLiteral("topic"), tr("Topic"), 200, false, true},
                 {QStringLiteral("events_per_second"), tr("Events/s, 15 min"), 160, true, false}},
                parent) {}

Cell BusyTopicsModel::cell(int row, int column) const {
    const auto& topic = at(row);
    if (column == 0) {
        return {topic.domain.isEmpty() ? cell::icon(QStringLiteral("topic"))
                                       : cell::domainIcon(QStringLiteral("topic"), topic.domain),
                cell::text(topic.topic)};
    }
    return {cell::spark(topic.recent), cell::atLeast(cell::text(formatRate(topic.perSecond)), 44)};
}

QVariant BusyTopicsModel::sortKey(int row, int column) const {
    return column == 0 ? QVariant(at(row).topic) : QVariant(at(row).perSecond);
}

} // namespace meshbone::ui
