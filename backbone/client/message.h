// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/handle.h"
#include "client/record_view.h"

#include <vector>

namespace meshbone::backbone {

using MessagePtr = std::unique_ptr<rd_kafka_message_t, DestroyBy<rd_kafka_message_destroy>>;

/// A fetched message as a view; `headers` is scratch that the view points into.
RecordView viewOf(const rd_kafka_message_t& message, std::vector<HeaderView>& headers);

/// Up to `into.size()` messages of a queue as soon as there is one. (librdkafka's own batch call waits until it is full
/// or the time is over.) Returns how many; the caller destroys them.
template <class Consume>
std::size_t takeBatch(std::span<rd_kafka_message_t*> into, std::chrono::milliseconds timeout, Consume consume) {
    auto taken = consume(0, into.data(), into.size());
    if (taken == 0 && timeout.count() > 0) {
        taken = consume(static_cast<int>(timeout.count()), into.data(), std::size_t{1});
        if (taken == 1 && into.size() > 1) {
            const auto more = consume(0, into.data() + 1, into.size() - 1);
            taken += more > 0 ? more : 0;
        }
    }
    return taken > 0 ? static_cast<std::size_t>(taken) : 0;
}

} // namespace meshbone::backbone
