// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"
#include "log/leader_epochs.h"
#include "log/log_state.h"

#include <string>
#include <vector>

namespace meshbone::backbone {

/// What lies in a partition's directory, sorted by offset.
struct LogFiles {
    std::vector<Offset> segments;       ///< bases of the .log files
    std::vector<Offset> snapshots;      ///< end offsets of the producer snapshots
    std::vector<Offset> swaps;          ///< bases of .log.swap files
    std::vector<std::string> leftovers; ///< .deleted, .cleaned and .tmp files
    std::vector<std::string> indexes;   ///< .index and .timeindex files, for finding those without a log
    std::vector<std::string> swapIndexes;
};
Result<LogFiles> listLogFiles(FileSystem& files, const std::filesystem::path& directory);

/// Fills the producers of `state` from the newest good snapshot at or before `end`, and from the batches after it.
Status readProducers(FileSystem& files, const std::filesystem::path& directory, const LogFiles& found, LogState& state,
                     Offset end);
/// The newest good snapshot at or before `limit`, and its offset; an empty one at kNoOffset when there is none.
std::pair<ProducerStateManager, Offset> newestSnapshot(FileSystem& files, const std::filesystem::path& directory,
                                                       const LogFiles& found, Offset limit);
/// Tells `state.producers` of the batches in segments [first, last) that lie at or after `from`.
Status replayProducers(LogState& state, std::size_t first, std::size_t last, Offset from);

/// The epochs of a log; none when the file is missing or damaged.
LeaderEpochCheckpoint readEpochs(FileSystem& files, const std::filesystem::path& directory);
Status writeEpochs(FileSystem& files, const std::filesystem::path& directory, const LeaderEpochCheckpoint& epochs);

/// partition.metadata: "version: 0", "topic_id: <id>". A zero id when there is none.
TopicId readTopicId(FileSystem& files, const std::filesystem::path& directory);
/// Durable before it returns. Not by way of a second file, as it is never replaced: the file's sync commits the new
/// directory along with it, which makes the syncs of the directories nearly free.
Status writePartitionMetadata(FileSystem& files, const std::filesystem::path& directory, const TopicId& id);

} // namespace meshbone::backbone
