// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_watch.h>

#include "schema/guard/guard_rules.h"

#include <backbone/backbone.h>

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatchRead = 500;
constexpr std::chrono::milliseconds kReadSlice{100}; // how soon stopping is noticed
constexpr int kMostEmpty = 30;                       // slices without a record, before the next topic has its turn
constexpr std::chrono::milliseconds kWatchPatience{10'000}; // for one call

/// Whether any setting asks for more than nothing.
bool isAnyChecked(const std::vector<SubjectSettings>& settings) {
    return std::ranges::any_of(
        settings, [](const SubjectSettings& one) { return one.validation && *one.validation != WriteValidation::Off; });
}

} // namespace

SchemaWatch::SchemaWatch(backbone::Backbone& backbone, SchemaRegistry& registry, SchemaGuard& guard,
                         SchemaWatchOptions options)
    : m_backbone(backbone)
    , m_registry(registry)
    , m_guard(guard)
    , m_options(std::move(options))
    , m_thread([this](const std::stop_token& stop) {
        ::pthread_setname_np(::pthread_self(), "mb-watch");
        run(stop);
    }) {}

void SchemaWatch::wake() {
    {
        const std::scoped_lock lock(m_mutex);
        m_isWoken = true;
    }
    m_wakened.notify_all();
}

void SchemaWatch::pause(std::chrono::milliseconds time, const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    m_wakened.wait_for(lock, stop, time, [this] { return m_isWoken; });
}

void SchemaWatch::run(const std::stop_token& stop) {
    std::optional<Clock::time_point> asked;
    while (!stop.stop_requested()) {
        bool isWoken = false;
        {
            const std::scoped_lock lock(m_mutex);
            isWoken = std::exchange(m_isWoken, false);
        }
        m_problems.clear();
        if (isWoken || !asked || Clock::now() - *asked >= m_options.settingsEvery) {
            readSettings(stop);
            asked = m_problems.empty() ? std::optional(Clock::now()) : std::nullopt;
        }
        visitAll(stop);
        if (!stop.stop_requested()) {
            m_guard.marks().setProblems(m_problems);
        }
        pause(m_options.every, stop);
    }
}

void SchemaWatch::readSettings(const std::stop_token& stop) {
    const CallOptions call{kWatchPatience, stop};
    const auto settings = m_registry.settings({}, call);
    if (settings && !isAnyChecked(*settings)) { // the schemas are of no use then
        m_guard.setRules(std::make_shared<SchemaGuard::Rules>());
        return;
    }
    const auto book = settings ? readSchemaBook(m_registry, true, call) : std::unexpected(settings.error());
    if (book) {
        m_guard.setRules(guardRules(**book));
    } else {
        m_problems[std::string()] = fmt::format("What is to be checked can't be asked for. {}", book.error().message);
    }
}

void SchemaWatch::visitAll(const std::stop_token& stop) {
    const auto guarded = m_guard.guarded();
    m_guard.marks().keepPositions(guarded);
    for (const auto& [topic, isRefusing] : guarded) {
        if (stop.stop_requested()) {
            return;
        }
        const auto visited = visit(topic, stop);
        // A subject may be there before its topic is.
        if (!visited && visited.error().code != ErrorCode::NotFound) {
            m_problems[topic] = visited.error().message;
            m_consumer.reset();
        }
    }
    if (guarded.empty()) {
        m_consumer.reset();
    }
}

Result<std::map<Partition, Offset>> SchemaWatch::begin(const std::string& topic,
                                                       const std::vector<backbone::PartitionDetail>& partitions,
                                                       const std::stop_token& stop) {
    std::map<Partition, Offset> from;
    for (const auto& one : partitions) {
        from[one.partition] = one.highWatermark;
    }
    const auto sinceMs = m_guard.guardedSinceMs(topic);
    if (sinceMs < 0 || m_options.maxBefore <= 0) {
        return from;
    }
    std::vector<backbone::OffsetQuery> queries;
    for (const auto& one : partitions) {
        queries.push_back({{topic, one.partition}, backbone::OffsetQuery::Kind::AtTime, sinceMs});
    }
    const auto answers = m_backbone.admin().offsets(queries, {kWatchPatience, stop});
    if (!answers) {
        return std::unexpected(answers.error());
    }
    for (const auto& one : *answers) {
        if (auto& at = from[one.at.partition]; one.offset != kNoOffset) {
            at = std::clamp(one.offset, std::max(Offset(0), at - m_options.maxBefore), at);
        }
    }
    return from;
}

Status SchemaWatch::visit(const std::string& topic, const std::stop_token& stop) {
    const auto partitions = m_backbone.admin().partitions(topic, {kWatchPatience, stop});
    if (!partitions) {
        return std::unexpected(partitions.error());
    }
    const auto known = m_guard.marks().positions();
    // A partition that was added to a topic that is known already is new as a whole.
    const bool isNew = !std::ranges::any_of(known, [&](const auto& one) { return one.first.topic == topic; });
    auto begin = isNew ? this->begin(topic, *partitions, stop) : std::map<Partition, Offset>();
    if (!begin) {
        return std::unexpected(begin.error());
    }
    std::map<Partition, Offset> from, ends;
    ViolationBook::Positions begun;
    for (const auto& one : *partitions) {
        const TopicPartition at{topic, one.partition};
        const auto stopped = known.find(at);
        auto next = isNew ? (*begin)[one.partition] : stopped == known.end() ? one.logStart : stopped->second;
        if (next > one.highWatermark) { // another topic of the same name
            next = one.logStart;
        }
        next = std::max(next, one.logStart);
        if (stopped == known.end() || stopped->second != next) {
            begun[at] = next;
        }
        if (next < one.highWatermark) {
            from[one.partition] = next;
            ends[one.partition] = one.highWatermark;
        }
    }
    m_guard.marks().mark({}, begun);
    return from.empty() ? Status{} : read(topic, from, ends, stop);
}

Status SchemaWatch::read(const std::string& topic, const std::map<Partition, Offset>& from,
                         const std::map<Partition, Offset>& ends, const std::stop_token& stop) {
    if (!m_consumer) {
        backbone::ConsumerOptions options;
        options.clientId = m_options.clientId;
        options.maxQueuedBytes = m_options.maxQueuedBytes;
        auto opened = m_backbone.consumer(options);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        m_consumer = std::move(*opened);
    }
    std::vector<backbone::Position> positions;
    for (const auto& [partition, offset] : from) {
        positions.push_back({{topic, partition}, offset});
    }
    if (auto assigned = m_consumer->assign(positions); !assigned) {
        return assigned;
    }
    std::size_t count = 0;
    int empty = 0;
    bool isMore = true;
    while (isMore && count < m_options.maxPerVisit && !stop.stop_requested()) {
        const auto records = m_consumer->poll(kBatchRead, kReadSlice);
        const auto reached = records ? m_consumer->positions() : std::unexpected(records.error());
        if (!reached) {
            return std::unexpected(reached.error());
        }
        ViolationBook::Positions readTo;
        isMore = false;
        for (const auto& one : *reached) {
            if (one.offset >= Offset(0)) {
                readTo[one.at] = one.offset;
            }
            isMore = isMore || one.offset < ends.at(one.at.partition);
        }
        m_guard.watch(*records, records->empty() && isMore ? ViolationBook::Positions() : readTo);
        count += records->size();
        empty = records->empty() ? empty + 1 : 0;
        isMore = isMore && empty < kMostEmpty; // what doesn't come now is looked for next time
        pause(std::chrono::milliseconds(records->size() * 1'000 / std::max<std::size_t>(m_options.maxPerSecond, 1)),
              stop);
    }
    return m_consumer->assign({});
}

} // namespace meshbone::catalog
