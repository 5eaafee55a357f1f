// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_topic.h"

#include <backbone/backbone.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

constexpr std::string_view kReading = "READ";
constexpr std::int16_t kTopicRefused = 29, kClusterRefused = 31; // Kafka's error codes
constexpr std::size_t kReadBatch = 500;
constexpr std::chrono::milliseconds kReadSlice{100}; // how soon a cancel is noticed

Status createOnePartition(backbone::Backbone& backbone, const CallOptions& options, const char* topic,
                          const char* retentionMs) {
    const backbone::NewTopic made{
        topic, 1, -1, {{"retention.ms", retentionMs}, {"retention.bytes", "-1"}, {"cleanup.policy", "delete"}}};
    auto created = backbone.admin().createTopic(made, options);
    if (created || created.error().code == ErrorCode::AlreadyExists) {
        return {};
    }
    // A topic that somebody may not see looks like one that isn't there.
    return std::unexpected(namingRight(created.error(), "READ, or CREATE where it isn't there yet,", topic));
}

} // namespace

Error namingRight(Error error, std::string_view right, const char* topic) {
    const bool isRefused = error.kafkaCode == kTopicRefused || error.kafkaCode == kClusterRefused;
    if (error.code == ErrorCode::PermissionDenied && isRefused) {
        error.message += fmt::format(" It lacks the right {} on the topic {}; who may alter access control lists can "
                                     "give it.",
                                     right, topic);
    }
    return error;
}

Result<std::optional<LedgerBounds>> ledgerBounds(backbone::Backbone& backbone, const CallOptions& options,
                                                 const char* topic) {
    const CallClock clock(options);
    const TopicPartition partition{topic, Partition(0)};
    const auto partitions = backbone.admin().partitions(topic, options);
    if (!partitions && partitions.error().code == ErrorCode::NotFound) {
        return std::nullopt;
    }
    if (!partitions) {
        return std::unexpected(namingRight(partitions.error(), kReading, topic));
    }
    if (partitions->size() != 1) {
        return fail(ErrorCode::Unsupported,
                    fmt::format("The topic {} has {} partitions; a ledger has exactly one, or it would have no order.",
                                topic, partitions->size()));
    }
    using Kind = backbone::OffsetQuery::Kind;
    const auto offsets =
        backbone.admin().offsets({{partition, Kind::Earliest}, {partition, Kind::Latest}}, clock.rest());
    if (!offsets) {
        return std::unexpected(namingRight(offsets.error(), kReading, topic));
    }
    if (offsets->size() != 2) {
        return fail(ErrorCode::Internal, "The ledger's offsets were not answered.");
    }
    return LedgerBounds{offsets->at(0).offset.value(), offsets->at(1).offset.value()};
}

Result<LedgerBounds> presentLedger(backbone::Backbone& backbone, const CallOptions& options) {
    const CallClock clock(options);
    if (const auto state = backbone.state(); state.reachability == backbone::Reachability::Unreachable) {
        return fail(ErrorCode::Unavailable, "The backbone can't be reached. " + state.reason);
    }
    if (auto healthy = backbone.waitHealthy(options); !healthy) {
        return std::unexpected(healthy.error());
    }
    const auto bounds = ledgerBounds(backbone, clock.rest());
    if (!bounds) {
        return std::unexpected(bounds.error());
    }
    if (!*bounds) {
        return fail(ErrorCode::NotFound, fmt::format("There is no ledger: the topic {} isn't there.", kLedgerTopic));
    }
    return **bounds;
}

Status createLedger(backbone::Backbone& backbone, const CallOptions& options) {
    return createOnePartition(backbone, options, kLedgerTopic, "-1");
}

Status createRequestsTopic(backbone::Backbone& backbone, const CallOptions& options) {
    return createOnePartition(backbone, options, kRequestsTopic, "7776000000"); // 90 days
}

Error withRight(Error error, const backbone::Backbone& backbone, const char* right, const char* topic) {
    constexpr std::int16_t kTopicRefused = 29;
    if (error.kafkaCode != kTopicRefused) {
        return error;
    }
    const bool decides = std::string_view(topic) == kLedgerTopic && std::string_view(right) == "WRITE";
    error.message = fmt::format(
        "'User:{}' lacks {} on the topic {}; an admin {}.", backbone.profile().user, right, topic,
        decides ? "gives it to those who decide"
                : "gives it, or lets everybody ask by `meshctl access asking open` or in Access > Policies");
    return error;
}

Result<LedgerReader> LedgerReader::open(backbone::Backbone& backbone, std::int64_t from, const char* topic) {
    backbone::ConsumerOptions options;
    options.autoOffsetReset = "error"; // an offset that is gone is a finding, not a reason to start elsewhere
    auto consumer = backbone.consumer(options);
    if (!consumer) {
        return std::unexpected(consumer.error());
    }
    if (auto assigned = (*consumer)->assign({{{topic, Partition(0)}, Offset(from)}}); !assigned) {
        return std::unexpected(assigned.error());
    }
    return LedgerReader(std::move(*consumer), from, topic);
}

Result<std::vector<Record>> LedgerReader::next(std::size_t most, std::chrono::milliseconds timeout) {
    auto records = m_consumer->poll(most, timeout);
    if (!records) {
        return std::unexpected(namingRight(records.error(), kReading, m_topic));
    }
    if (!records->empty()) {
        m_position = records->back().offset.value() + 1;
    }
    if (const auto positions = m_consumer->positions(); positions && positions->size() == 1) {
        m_position = std::max(m_position, positions->front().offset.value());
    }
    return records;
}

Status readLedger(backbone::Backbone& backbone, LedgerBounds range, const CallOptions& options, const RecordSink& sink,
                  const char* topic) {
    const CallClock clock(options);
    if (range.start >= range.end) {
        return {};
    }
    auto reader = LedgerReader::open(backbone, range.start, topic);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    while (reader->position() < range.end) {
        if (auto going = clock.check("Reading the ledger"); !going) {
            return going;
        }
        if (const auto state = backbone.state(); state.reachability == backbone::Reachability::Unreachable) {
            return fail(ErrorCode::Unavailable, "The backbone can't be reached. " + state.reason);
        }
        auto records = reader->next(kReadBatch, std::min(kReadSlice, clock.left()));
        if (!records) {
            return std::unexpected(records.error());
        }
        std::erase_if(*records, [&](const Record& record) { return record.offset.value() >= range.end; });
        if (auto taken = records->empty() ? Status{} : sink(*records); !taken) {
            return taken;
        }
    }
    return {};
}

std::chrono::milliseconds CallClock::left() const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_end - std::chrono::steady_clock::now());
    return std::max(left, std::chrono::milliseconds(0));
}

Status CallClock::check(const char* doing) const {
    if (m_stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "Cancelled.");
    }
    if (left().count() == 0) {
        return fail(ErrorCode::Timeout, fmt::format("{} took too long; try again with more time.", doing));
    }
    return {};
}

} // namespace meshbone::catalog
