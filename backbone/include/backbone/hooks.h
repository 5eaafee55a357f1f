// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>
#include <backbone/error.h>
#include <backbone/record.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

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

/// Asked before a batch is appended to a topic that it guards. Called on the loop thread; must not block.
class WriteCheck {
public:
    virtual ~WriteCheck() = default;
    /// True if batches for this topic are to be decoded and checked; others are stored unread.
    virtual bool guards(std::string_view topic) const = 0;
    /// An error refuses the whole batch with INVALID_RECORD and the error's sentence.
    virtual Status check(const ClientIdentity& client, std::string_view topic, std::span<const Record> records) = 0;
};

} // namespace meshbone::backbone
