// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>
#include <backbone/record.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

/// Who sends a request, as the broker knows it. `principal` is Kafka's spelling, for example "User:alice".
struct ClientIdentity {
    std::string principal;
    std::string host;
    std::string clientId;
    std::string softwareName; ///< from ApiVersions v3+ (KIP-511), else empty
    std::string softwareVersion;
    friend auto operator<=>(const ClientIdentity&, const ClientIdentity&) = default;
};

/// What one request did to one resource. For Topic, `group` is the consumer group that the reader used, where known.
struct Observation {
    const ClientIdentity* client = nullptr; ///< valid during the call only
    std::int16_t apiKey = 0;
    Operation operation = Operation::Describe;
    ResourceKind resourceKind = ResourceKind::Topic;
    std::string_view resource;
    bool granted = true;
    std::uint64_t records = 0; ///< records produced, or the offset span fetched
    std::uint64_t bytes = 0;   ///< record bytes produced or fetched
};

/// Told what clients do. Called on the broker's loop thread for every request: must return at once and never block.
class BrokerObserver {
public:
    virtual ~BrokerObserver() = default;
    virtual void observed(const Observation& observation) = 0;
};

/// A record of a batch that isn't taken, and why.
struct RefusedRecord {
    std::int32_t index = 0; ///< in its batch, from 0
    std::string why;        ///< a sentence
};

/// Asked before a batch is appended to a topic that it guards. Called on the loop thread; must not block.
class WriteCheck {
public:
    virtual ~WriteCheck() = default;
    /// True if batches for this topic are to be decoded and checked; others are stored unread.
    virtual bool guards(std::string_view topic) const = 0;
    /// False: what holds for this topic isn't known yet. What is written to it then waits, in bounds, and is answered
    /// with an error that clients try again.
    virtual bool isReady(std::string_view topic) const {
        (void)topic;
        return true;
    }
    /// If it refuses any record, none of the batch is appended: the answer is INVALID_RECORD with the first sentence,
    /// and each refused record by its index in the batch (KIP-467). The records name topic and partition; a large batch
    /// comes in pieces, of which `first` is the index of the first record: 0 begins another batch.
    virtual std::vector<RefusedRecord> check(const ClientIdentity& client, std::string_view topic,
                                             std::span<const Record> records, std::int32_t first) = 0;
    /// The batch that was checked last, of which nothing was refused, was appended: the offset of its first record.
    virtual void appended(Offset base) { (void)base; }
};

} // namespace meshbone::backbone
