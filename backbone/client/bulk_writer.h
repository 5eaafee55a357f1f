// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/record_view.h"

#include <backbone/client.h>

#include <functional>
#include <span>

namespace meshbone::backbone {

/// Writes many records of one topic without a callback object for each: an idempotent producer whose delivery reports
/// carry a number of the caller's. Records of one partition are written in the order in which they were sent.
class BulkWriter {
public:
    /// `error` is null for a record that was acknowledged. Runs on the thread "mb-produce"; must not block.
    using Delivered = std::function<void(std::uint64_t token, Partition partition, Offset offset, const Error* error)>;

    static Result<std::unique_ptr<BulkWriter>> open(const Profile& profile, const ProducerOptions& options,
                                                    std::string topic, Delivered delivered);
    virtual ~BulkWriter() = default; ///< drops what is still queued; each of those is reported as Cancelled

    /// Queues a copy with further headers behind the record's own. Exhausted when the queue is full: wait and try
    /// again.
    virtual Status send(const RecordView& record, std::span<const HeaderView> moreHeaders, std::uint64_t token) = 0;
    /// Waits until something was reported or the time is over.
    virtual void waitForReports(std::chrono::milliseconds timeout) = 0;
    /// Records whose report is still to come.
    [[nodiscard]] virtual std::size_t queued() const = 0;
    /// Why nothing can be written now, if the connection knows.
    [[nodiscard]] virtual std::optional<Error> trouble() const = 0;
};

} // namespace meshbone::backbone
