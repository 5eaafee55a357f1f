// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace meshbone::backbone {
class Backbone;
}

namespace meshbone::catalog {

/// The ledger's topic: one partition (its order is the ledger's order), kept for ever, never compacted.
inline constexpr const char* kLedgerTopic = "_meshbone.ledger";
/// Where those who may not write the ledger leave signed requests for access; one partition. See request_carrier.h.
inline constexpr const char* kRequestsTopic = "_meshbone.requests";

/// Offsets of the topic: [start, end).
struct LedgerBounds {
    std::int64_t start = 0, end = 0;
};

/// An error of the client; where the cluster refuses the topic, with the right that is missing by its name.
Error namingRight(Error error, std::string_view right, const char* topic);

/// None: the topic isn't there. Fails with Unsupported when it has more than one partition, and with the client's
/// errors.
Result<std::optional<LedgerBounds>> ledgerBounds(backbone::Backbone& backbone, const CallOptions& options,
                                                 const char* topic = kLedgerTopic);
/// The same for who can't go on without it: NotFound when it isn't there, Unavailable at once when the backbone is
/// away.
Result<LedgerBounds> presentLedger(backbone::Backbone& backbone, const CallOptions& options);
/// Creates the topic; one that another program created meanwhile is as good.
Status createLedger(backbone::Backbone& backbone, const CallOptions& options);
/// The same for the topic of requests, which is only a way: what is in the ledger may be deleted there.
Status createRequestsTopic(backbone::Backbone& backbone, const CallOptions& options);

/// A refusal of the topic, with the right that is missing and who can give it; another error as it is.
Error withRight(Error error, const backbone::Backbone& backbone, const char* right, const char* topic);

/// Reads the ledger from an offset on, without a group. One thread at a time.
class LedgerReader {
public:
    static Result<LedgerReader> open(backbone::Backbone& backbone, std::int64_t from, const char* topic = kLedgerTopic);
    /// Up to `most` records as soon as there is one; empty when the time is over.
    Result<std::vector<Record>> next(std::size_t most, std::chrono::milliseconds timeout);
    /// The offset that is read next: past control records too, so that it does reach the end.
    [[nodiscard]] std::int64_t position() const { return m_position; }

private:
    LedgerReader(std::unique_ptr<backbone::Consumer> consumer, std::int64_t from, const char* topic)
        : m_consumer(std::move(consumer))
        , m_position(from)
        , m_topic(topic) {}
    std::unique_ptr<backbone::Consumer> m_consumer;
    std::int64_t m_position;
    const char* m_topic;
};

using RecordSink = std::function<Status(std::span<const Record>)>;
/// Reads [from, to) and hands it to `sink` in batches. Fails with Unavailable as soon as the backbone is known to be
/// away, with Timeout, Cancelled, the client's errors and those of `sink`.
Status readLedger(backbone::Backbone& backbone, LedgerBounds range, const CallOptions& options, const RecordSink& sink,
                  const char* topic = kLedgerTopic);

/// The time that is left of a call's.
class CallClock {
public:
    explicit CallClock(const CallOptions& options)
        : m_end(std::chrono::steady_clock::now() + options.timeout)
        , m_stop(options.stop) {}
    [[nodiscard]] std::chrono::milliseconds left() const;
    [[nodiscard]] CallOptions rest() const { return {left(), m_stop}; }
    [[nodiscard]] std::chrono::steady_clock::time_point end() const { return m_end; }
    /// Cancelled or Timeout once it is; `doing` completes "… took too long".
    [[nodiscard]] Status check(const char* doing) const;

private:
    std::chrono::steady_clock::time_point m_end;
    std::stop_token m_stop;
};

} // namespace meshbone::catalog
