// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"
#include "log/partition_log.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

struct RecoveryInput {
    std::filesystem::path directory;
    Offset recoveryPoint{0}; ///< below this everything was on the disk when the checkpoint was written
    Offset logStart{0};      ///< from the log start checkpoint
    Offset gaplessFrom{0};   ///< compaction left no gaps at or after this offset
    std::int64_t indexIntervalBytes = 4096;
    std::vector<std::string_view> journal = {}; ///< whole batches of this log that the journal has, in their order
};

struct RecoveryOutcome {
    PartitionLog::Position position;
    std::vector<std::filesystem::path> unsynced; ///< files that may have unsynced bytes; empty when nothing is open
    TopicId topicId;
};

// The table must not be flowed.
// clang-format off
/// Brings one partition's files into the state that PartitionLog expects, after a stop that was not clean. Changes
/// files only, keeps none open, so many run in parallel; a crash during it is followed by the same work again, because
/// each step leaves a directory that this table covers. What it cuts or sets aside, it tells `warn`; it removes only
/// what was never acknowledged, can be made anew, or was already given up before the crash.
///
///   | after the crash there is                           | it does                                                  |
///   |----------------------------------------------------|----------------------------------------------------------|
///   | R1  .deleted, .cleaned, .tmp                       | removes it: given up before, or never complete           |
///   | R2  .log.swap                                      | finishes the compaction: the replaced segments go, it    |
///   |                                                    | takes its name                                           |
///   | R3  index without log                              | removes it                                               |
///   | R4  segment below the recovery point, indexes good | keeps it unread                                          |
///   | R5  the same, an index missing or damaged          | reads the log and makes the indexes anew                 |
///   | R6  segment past the recovery point, all good      | keeps it, makes the indexes anew                         |
///   | R7  last segment, torn or zero-filled tail         | cuts the tail; new leader epoch                          |
///   | R8  last segment, damage with batches behind it    | copies the tail to .log.corrupt, cuts it; new epoch      |
///   | R9  earlier segment damaged past the point         | as R8, and renames the later segments to .corrupt:       |
///   |                                                    | past the recovery point a log is a prefix without gaps   |
///   | R10 damage below the recovery point                | as R8, but keeps later segments, and never gives an      |
///   |                                                    | offset again: the log has a gap, which readers pass over |
///   | R11 log start past the end                         | an empty segment at the log start                        |
///   | R12 no segment                                     | an empty log at the log start or recovery point          |
///   | R13 snapshot damaged, missing or past the end      | takes an older one and reads the batches after it;       |
///   |                                                    | one past the end goes for good                           |
///   | R14 leader epochs damaged or missing               | takes them from the batches that it reads                |
///   | R15 segment that begins before the last one ended  | renames it to .corrupt                                   |
///   | R16 batches in the journal that begin at the end   | appends them: they were acknowledged                     |
///
/// Fails only when the disk does (Io, Exhausted): then nothing is served, and the next start tries again.
// clang-format on
Result<RecoveryOutcome> recoverLog(FileSystem& files, const RecoveryInput& input,
                                   const std::function<void(std::string)>& warn);

} // namespace meshbone::backbone
