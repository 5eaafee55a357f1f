// SPDX-License-Identifier: Apache-2.0
#include "client/scan.h"

#include "client/consumer_errors.h"
#include "client/direct_reader.h"
#include "client/kafka_errors.h"

#include <fmt/format.h>

namespace meshbone::backbone {

namespace {

/// How long one look at a partition's first and last offset may take.
constexpr std::chrono::milliseconds kWatermarkTimeout{5000};

bool isGone(int code) {
    return code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET || code == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE;
}

} // namespace

Result<std::unique_ptr<Scan>> Scan::open(const Profile& profile, const ScanOptions& options) {
    DirectOptions direct;
    direct.clientId = options.clientId;
    direct.queuePerPartition = options.queuePerPartition;
    direct.checkCrcs = options.checkCrcs;
    direct.maxQueuedBytes = options.maxQueuedBytes;
    direct.partitions = std::max<std::size_t>(options.ranges.size(), 1);
    auto reader = DirectReader::open(profile, direct);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    std::unique_ptr<Scan> scan(new Scan(std::move(*reader), options));
    if (auto begun = scan->begin(); !begun) {
        return std::unexpected(begun.error());
    }
    return scan;
}

Scan::Scan(std::unique_ptr<DirectReader> reader, ScanOptions options)
    : m_reader(std::move(reader))
    , m_options(std::move(options)) {}

Scan::~Scan() = default;

Status Scan::begin() {
    for (const auto& range : m_options.ranges) {
        if (range.from < Offset(0) || range.partition < Partition(0)) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("Partition {} of '{}' can't be read from {}.", range.partition.value(),
                                    m_options.topic, range.from.value()));
        }
        const auto [place, fresh] = m_states.emplace(range.partition, State{range, range.from, range.from >= range.to});
        if (!fresh) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("Partition {} of '{}' is named twice.", range.partition.value(), m_options.topic));
        }
        if (place->second.done) {
            continue;
        }
        if (auto ok = m_reader->start({m_options.topic, range.partition}, range.from); !ok) {
            return ok;
        }
        ++m_open;
    }
    for (auto& [partition, state] : m_states) {
        const auto index = static_cast<std::size_t>(partition.value());
        m_byPartition.resize(std::max(m_byPartition.size(), index + 1), nullptr);
        m_byPartition[index] = &state;
    }
    return {};
}

Result<std::size_t> Scan::next(std::size_t maxRecords, std::chrono::milliseconds timeout, const Visit& visit) {
    return read(nullptr, maxRecords, timeout, visit);
}

Result<std::size_t> Scan::nextOf(Partition partition, std::size_t maxRecords, std::chrono::milliseconds timeout,
                                 const Visit& visit) {
    const TopicPartition at{m_options.topic, partition};
    return read(&at, maxRecords, timeout, visit);
}

Result<std::size_t> Scan::read(const TopicPartition* from, std::size_t maxRecords, std::chrono::milliseconds timeout,
                               const Visit& visit) {
    std::size_t count = 0;
    const auto events = m_reader->read(
        maxRecords, timeout,
        [&](const RecordView& view, const char*) {
            auto* state = m_byPartition[static_cast<std::size_t>(view.partition.value())];
            if (state == nullptr || state->done || view.offset < state->position) {
                return; // what was fetched beyond the range, before it was stopped
            }
            if (view.offset < state->range.to) {
                visit(view);
                ++count;
            }
            moveTo(*state, view.offset + 1);
        },
        from);
    for (const auto& event : events) {
        const auto place = m_states.find(event.at.partition);
        if (place == m_states.end() || place->second.done || event.at.topic != m_options.topic) {
            if (event.code != 0 && event.at.topic.empty() && !isPassing(event.code)) {
                return std::unexpected(readError(event.code, event.at, event.detail));
            }
            continue;
        }
        if (event.code == 0) {
            moveTo(place->second, event.endOffset);
        } else if (isGone(event.code)) {
            if (auto ok = recover(place->second); !ok) {
                return std::unexpected(ok.error());
            }
        } else if (!isPassing(event.code)) {
            return std::unexpected(readError(event.code, event.at, event.detail));
        }
    }
    for (const auto partition : m_finished) {
        m_reader->stop({m_options.topic, partition});
    }
    m_finished.clear();
    if (auto refused = refusedLogin(m_reader->handle().notes())) {
        return std::unexpected(std::move(*refused));
    }
    return count;
}

void Scan::moveTo(State& state, Offset position) {
    if (state.done || position <= state.position) {
        return;
    }
    state.position = std::min(position, state.range.to);
    m_movedAt = std::chrono::steady_clock::now();
    if (state.position >= state.range.to) {
        state.done = true;
        --m_open;
        m_finished.push_back(state.range.partition);
    }
}

Status Scan::recover(State& state) {
    const TopicPartition at{m_options.topic, state.range.partition};
    auto ends = m_reader->watermarks(at, kWatermarkTimeout);
    if (!ends) {
        return std::unexpected(ends.error());
    }
    const auto [low, high] = *ends;
    if (state.position >= low) {
        if (state.position > high) {
            return fail(
                ErrorCode::Conflict,
                fmt::format(
                    "Partition {} of '{}' ends at offset {} now, before {}: the topic was made anew or lost records.",
                    at.partition.value(), at.topic, high.value(), state.position.value()));
        }
        return m_reader->start(at, state.position); // it is there again
    }
    const auto behind = std::min(low, state.range.to);
    m_gaps.push_back(
        {at.partition, state.position, behind, "retention or a deletion removed these offsets before they were read"});
    moveTo(state, behind);
    return state.done ? Status{} : m_reader->start(at, state.position);
}

std::int64_t Scan::passed() const {
    std::int64_t sum = 0;
    for (const auto& [partition, state] : m_states) {
        sum += state.position - state.range.from;
    }
    return sum;
}

std::optional<Error> Scan::stalled(std::chrono::milliseconds patience) const {
    if (done() || std::chrono::steady_clock::now() - m_movedAt < patience) {
        return std::nullopt;
    }
    if (auto trouble = m_reader->handle().notes().lastTrouble()) {
        return Error{trouble->error.code,
                     fmt::format("Reading '{}' came to a halt: {}", m_options.topic, trouble->error.message), 0};
    }
    return Error{ErrorCode::Unavailable,
                 fmt::format("Reading '{}' came to a halt: nothing came for {} s.", m_options.topic,
                             std::chrono::duration_cast<std::chrono::seconds>(patience).count()),
                 0};
}

} // namespace meshbone::backbone
