// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/record.h>

#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone {

/// Kafka's names in a data directory.
namespace log_name {
inline constexpr std::string_view kLog = ".log";
inline constexpr std::string_view kIndex = ".index";
inline constexpr std::string_view kTimeIndex = ".timeindex";
inline constexpr std::string_view kSnapshot = ".snapshot";
inline constexpr std::string_view kCleaned = ".cleaned"; ///< a compaction in progress: worthless after a crash
inline constexpr std::string_view kSwap = ".swap";       ///< a compaction that is complete: takes its place
inline constexpr std::string_view kDeleted = ".deleted"; ///< waiting to be removed
inline constexpr std::string_view kCorrupt = ".corrupt"; ///< set aside by recovery; never removed by us
inline constexpr std::string_view kDeleteDirectory = "-delete";
inline constexpr std::string_view kLock = ".lock";
inline constexpr std::string_view kMetaProperties = "meta.properties";
inline constexpr std::string_view kCleanShutdown = ".kafka_cleanshutdown";
inline constexpr std::string_view kRecoveryPoints = "recovery-point-offset-checkpoint";
inline constexpr std::string_view kLogStarts = "log-start-offset-checkpoint";
inline constexpr std::string_view kCleanerPoints = "cleaner-offset-checkpoint";
inline constexpr std::string_view kEnds = "meshbone-log-ends-checkpoint"; ///< ours: where logs ended at a clean stop
inline constexpr std::string_view kEpochs = "leader-epoch-checkpoint";
inline constexpr std::string_view kPartitionMetadata = "partition.metadata";
} // namespace log_name

/// "00000000000000000042" + suffix.
[[nodiscard]] std::string offsetFileName(Offset offset, std::string_view suffix);

struct OffsetFileName {
    Offset offset{0};
    std::string_view suffix; ///< ".log", ".log.swap", ...; borrowed from the name
};
/// None for a file that isn't named by an offset.
[[nodiscard]] std::optional<OffsetFileName> parseOffsetFileName(std::string_view name);

/// "<topic>-<partition>".
[[nodiscard]] std::string directoryName(const TopicPartition& name);
[[nodiscard]] std::optional<TopicPartition> parseDirectoryName(std::string_view name);

} // namespace meshbone::backbone
