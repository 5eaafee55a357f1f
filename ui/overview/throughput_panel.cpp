// SPDX-License-Identifier: Apache-2.0
#include "overview/throughput_panel.h"

#include "widgets/format.h"
#include "widgets/segmented.h"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace meshbone::ui {

namespace {

constexpr std::int64_t kMinuteMs = 60'000, kDayMs = 86'400'000;
enum Span : int { QuarterHour, Hour, Day, Week };

void add(std::vector<float>& sum, const std::vector<float>& values, std::size_t points) {
    sum.resize(points, 0);
    const auto shift = points - values.size(); // both end now
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum[shift + i] += values[i];
    }
}

float total(const ChartSeries& series) {
    return std::accumulate(series.values.begin(), series.values.end(), 0.0f,
                           [](float sum, float value) { return std::isnan(value) ? sum : sum + value; });
}

/// The series of the topic's domain; it is made when it is first asked for.
ChartSeries& seriesOf(std::map<std::string, ChartSeries>& byDomain, const CatalogView& catalog,
                      const std::string& topic) {
    const auto* facts = catalog.topic(topic);
    const auto id = facts == nullptr ? std::string() : facts->domain;
    const auto [found, isNew] = byDomain.try_emplace(id);
    if (isNew) {
        found->second.domain = text(id);
        found->second.name = id.empty() ? ThroughputPanel::tr("no domain") : text(catalog.domainName(id));
    }
    return found->second;
}

/// Those that have traffic, the largest last.
std::vector<ChartSeries> stacked(std::map<std::string, ChartSeries> byDomain) {
    std::vector<ChartSeries> all;
    for (auto& [id, series] : byDomain) {
        if (total(series) > 0) {
            all.push_back(std::move(series));
        }
    }
    std::ranges::stable_sort(all, {}, total);
    return all;
}

QString noEvents() {
    return ThroughputPanel::tr("No events in this time");
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
        auto& series = seriesOf(byDomain, catalog, topic.topic);
        add(series.values, valuesOf(topic), points);
    }
    return stacked(std::move(byDomain));
}

std::vector<ChartSeries> historyByDomain(const backbone::TrafficHistory& history, const CatalogView& catalog,
                                         TimestampMs toMs, std::int64_t spanMs, std::int64_t stepMs) {
    const auto last = toMs - toMs % stepMs;
    const auto points = static_cast<std::size_t>(spanMs / stepMs);
    const auto first = last - static_cast<std::int64_t>(points - 1) * stepMs;
    std::vector<std::int64_t> observedMs(points, 0);
    std::map<std::string, ChartSeries> byDomain;
    for (const auto& bucket : history.buckets) {
        if (bucket->startMs < first || bucket->startMs > last + stepMs - 1) {
            continue;
        }
        const auto point = static_cast<std::size_t>((bucket->startMs - first) / stepMs);
        observedMs[point] += bucket->observedMs;
        for (const auto& [topic, events] : bucket->events) {
            if (!isInternalTopic(topic)) {
                auto& values = seriesOf(byDomain, catalog, topic).values;
                values.resize(points, 0);
                values[point] += static_cast<float>(events);
            }
        }
    }
    for (auto& [id, series] : byDomain) {
        for (std::size_t i = 0; i < points; ++i) {
            series.values[i] = observedMs[i] == 0 ? std::numeric_limits<float>::quiet_NaN()
                                                  : series.values[i] * 1'000 / static_cast<float>(observedMs[i]);
        }
    }
    return stacked(std::move(byDomain));
}

ThroughputPanel::ThroughputPanel(PageContext& context, QWidget* parent)
    : Panel(tr("Throughput"), parent)
    , m_context(context)
    , m_series(
          context.jobs, this,
          [this] {
              const int span = m_span->current();
              return span == Day || span == Week ? history(span == Week) : recent(span == Hour);
          },
          [this](Chart chart) { show(std::move(chart)); }) {
    setObjectName(QStringLiteral("throughput"));
    m_span = new Segmented({tr("15 min"), tr("1 h"), tr("24 h"), tr("7 d")}, tr("Time shown"));
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
}

void ThroughputPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    update();
}

void ThroughputPanel::update() {
    if (isVisible()) { // else it is made when it is shown
        m_series.ask();
    }
}

void ThroughputPanel::show(Chart chart) {
    setRemark(chart.remark);
    m_chart->setEmptyText(chart.emptyText);
    m_chart->setSeries(std::move(chart.series), chart.endMs, chart.stepMs);
}

ThroughputPanel::Work ThroughputPanel::recent(bool hour) const {
    return [hour, traffic = m_context.feed.traffic(), catalog = m_context.feed.catalog()](const JobContext&) {
        const bool flows = std::ranges::any_of(traffic->topics, [](const backbone::TopicTraffic& topic) {
            return topic.perSecond > 0 && !isInternalTopic(topic.topic);
        });
        return Chart{hour ? tr("events/s by domain, last hour") : tr("events/s by domain, last 15 minutes"),
                     flows ? tr("Being measured; the first points come in a moment") : noEvents(),
                     seriesByDomain(*traffic, *catalog, hour), traffic->atMs, hour ? kMinuteMs : traffic->stepMs};
    };
}

ThroughputPanel::Work ThroughputPanel::history(bool week) const {
    const auto stepMs = week ? 30 * kMinuteMs : 5 * kMinuteMs;
    const auto spanMs = (week ? 7 : 1) * kDayMs;
    return [week, stepMs, spanMs, nowMs = m_context.feed.traffic()->atMs, catalog = m_context.feed.catalog(),
            history = m_context.services.backbone.trafficHistory()](const JobContext&) {
        return Chart{week ? tr("events/s by domain, last 7 days, each point of 30 minutes")
                          : tr("events/s by domain, last 24 hours, each point of 5 minutes"),
                     noEvents(), historyByDomain(*history, *catalog, nowMs, spanMs, stepMs), nowMs - nowMs % stepMs,
                     stepMs};
    };
}

} // namespace meshbone::ui
