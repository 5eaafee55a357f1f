// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::broker {

/// A record of an internal topic. No value is a tombstone.
struct InternalRecord {
    Bytes key;
    std::optional<Bytes> value;
};

/// A record as it is read back; the views are valid during the visit only.
struct InternalRecordView {
    Offset offset{0};
    TimestampMs timestampMs = -1;
    std::string_view key;
    std::optional<std::string_view> value;
};

/// A compacted topic of the broker's own, kept in ordinary partitions (so a client may read it), for example
/// __consumer_offsets. The topic is created when something is appended first. Loop thread only, except readAll(), which
/// the thread that starts the broker calls before the loop runs.
class InternalLog {
public:
    virtual ~InternalLog() = default;

    [[nodiscard]] virtual std::int32_t partitions() const = 0;
    /// Appends the records as one batch (atomic: a crash keeps all of them or none), stamped with the current time.
    /// `durable` is called later on the loop thread, never from within append(): success once the batch is synced, or
    /// why it can't be (disk full: Exhausted; stopping: Unavailable). Batches of one partition become durable in order.
    virtual void append(Partition partition, std::vector<InternalRecord> records,
                        std::move_only_function<void(Status)> durable) = 0;
    /// Reads a whole partition in order of offsets; nothing to read is no error.
    virtual Status readAll(Partition partition, const std::function<void(const InternalRecordView&)>& visit) = 0;
};

} // namespace meshbone::backbone::broker
