// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/scan.h"

#include <deque>

namespace meshbone::backbone {

/// A scan whose records come merged by timestamp: always the smallest of the partitions' next records, so that each
/// partition keeps its order. Holds at most kBuffered records a partition beside what the scan has queued.
class MergedScan {
public:
    static constexpr std::size_t kBuffered = 64;

    static Result<std::unique_ptr<MergedScan>> open(const Profile& profile, ScanOptions options);

    /// The next record; none at the end. Fails with Timeout or Cancelled by the deadline.
    Result<std::optional<Record>> next(const Deadline& deadline);
    /// Offset of the next record of a partition, as the reader of next() sees it.
    [[nodiscard]] Offset position(Partition partition) const;
    [[nodiscard]] const Scan& scan() const { return *m_scan; }

private:
    struct Lane {
        Partition partition{0};
        std::deque<Record> records;
    };
    MergedScan(std::unique_ptr<Scan> scan, const ScanOptions& options);
    Status fill(Lane& lane, const Deadline& deadline);

    std::unique_ptr<Scan> m_scan;
    std::string m_topic;
    std::vector<Lane> m_lanes;
};

} // namespace meshbone::backbone
