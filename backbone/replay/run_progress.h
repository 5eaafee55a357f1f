// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/digest.h"

#include <backbone/replay.h>

#include <mutex>

namespace meshbone::backbone {

/// A digest for each target partition, since records of one source partition may go to several. One thread at a time.
class PairDigests {
public:
    Sha256& at(Partition target) { return m_digests[target]; }
    [[nodiscard]] bool empty() const { return m_digests.empty(); }
    /// The digest of the records in order of replay, where they all went to one partition; else a SHA-256 over the
    /// lines "partition digest" in the order of target partitions. Empty without records.
    [[nodiscard]] std::string hex() const;

private:
    std::map<Partition, Sha256> m_digests;
};

/// How far a run came, partition by partition. The run's thread adds what it reads, the producer's thread what was
/// acknowledged; anybody may look. Thread-safe.
class RunProgress {
public:
    explicit RunProgress(const ReplayPlan& plan);

    /// Which lane a source partition is; lanes are numbered from 0 in the order of the plan.
    [[nodiscard]] std::size_t laneOf(Partition partition) const {
        return m_laneByPartition[static_cast<std::size_t>(partition.value())];
    }
    [[nodiscard]] std::size_t lanes() const { return m_lanes.size(); }

    void read(std::size_t lane);
    void leftOut(std::size_t lane, std::string_view reason);
    void gap(std::size_t lane, ReplayGap gap);
    void written(std::size_t lane, std::size_t bytes, Partition target, Offset offset);
    void failed(const Error& error); ///< the first stays
    void proven(std::size_t lane, std::string sourceSha256, std::string targetSha256);

    [[nodiscard]] std::optional<Error> error() const;
    [[nodiscard]] std::int64_t writtenCount() const;
    [[nodiscard]] std::int64_t leftOutCount() const;
    [[nodiscard]] std::vector<ManifestPartition> partitions() const;
    /// Why the run must not be called complete; nothing if every planned record was read, written and acknowledged.
    [[nodiscard]] std::optional<std::string> shortfall() const;

private:
    struct Lane {
        ManifestPartition state;
        std::int64_t planned = 0;
    };
    mutable std::mutex m_mutex;
    std::vector<Lane> m_lanes;
    std::vector<std::size_t> m_laneByPartition;
    std::optional<Error> m_error;
    std::int64_t m_written = 0;
};

} // namespace meshbone::backbone
