// SPDX-License-Identifier: Apache-2.0
#include "overview/throughput_panel.h"

#include "widgets/format.h"
#include "widgets/segmented.h"

#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace meshbone::ui {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;

void add(std::vector<float>& sum, const std::vector<float>& values, std::size_t points) {
    sum.resize(points, 0);
    const auto shift = points - values.size(); // both end now
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum[shift + i] += values[i];
    }
}

float total(const ChartSeries& series) {
    return std::accumulate(series.values.begin(), series.values.end(), 0.0f);
}

} // namespace

std::vector<ChartSeries> seriesByDomain(const backbone::TrafficSnapshot& traffic, const CatalogView& catalog,
                                        bool hour) {
    const auto valuesOf = [hour](const backbone::TopicTraffic& topic) -> const std::vector<float>& {
        return hour ? topic.hour : topic.recent;
    };
    std::size_t points = 0;
    for (const auto& topic : traffic.topics) {
        points = std::max(points, valuesOf(topic).size());
    }
    std::map<std::string, ChartSeries> byDomain;
    for (const auto& topic : traffic.topics) {
        if (isInternalTopic(topic.topic)) {
            continue;
        }
        const auto* facts = catalog.topic(topic.topic);
        const auto id = facts == nullptr ? std::string() : facts->domain;
        auto& series = byDomain[id];
        series.domain = text(id);
        series.name = id.empty() ? ThroughputPanel::tr("no domain") : text(catalog.domainName(id));
        add(series.values, valuesOf(topic), points);
    }
    std::vector<ChartSeries> all;
    for (auto& [id, series] : byDomain) {
        if (total(series) > 0) {
            all.push_back(std::move(series));
        }
    }
    std::ranges::stable_sort(all, {}, total);
    return all;
}

ThroughputPanel::ThroughputPanel(PageContext& context, QWidget* parent)
    : Panel(tr("Throughput"), parent)
    , m_context(context) {
    setObjectName(QStringLiteral("throughput"));
    m_span = new Segmented({tr("15 min"), tr("1 h")}, tr("Time shown"));
    m_span->setObjectName(QStringLiteral("throughputSpan"));
    m_span->setCurrent(0); // what is going on now; the hour fills slowly after a start
    addToHeader(m_span);
    m_chart = new AreaChart;
    m_chart->setObjectName(QStringLiteral("throughputChart"));
    m_chart->setAccessibleName(tr("Events per second by domain"));
    content()->addWidget(m_chart, 1);
    connect(m_span, &Segmented::currentChanged, this, &ThroughputPanel::update);
    connect(&context.feed, &LiveFeed::trafficChanged, this, &ThroughputPanel::update);
    connect(&context.feed, &LiveFeed::catalogChanged, this, &ThroughputPanel::update);
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, &ThroughputPanel::update);
    update();
}

void ThroughputPanel::update() {
    const bool hour = m_span->current() == 1;
    setRemark(hour ? tr("events/s by domain, last hour") : tr("events/s by domain, last 15 minutes"));
    const auto& traffic = *m_context.feed.traffic();
    m_chart->setSeries(seriesByDomain(traffic, *m_context.feed.catalog(), hour), traffic.atMs,
                       hour ? kMinuteMs : traffic.stepMs);
}

} // namespace meshbone::ui
