// SPDX-License-Identifier: Apache-2.0
#include "log/log_recovery.h"

#include "log/file_cache.h"
#include "log/log_files.h"
#include "log/log_names.h"
#include "log/log_state.h"
#include "log/recovery_leftovers.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {
namespace {

constexpr std::size_t kCopyBytes = 1U << 20;

// One recovery; the labels R4 to R15 are the cases of the table in the header.
class Recovery {
public:
    Recovery(FileSystem& files, const RecoveryInput& input, const std::function<void(std::string)>& warn)
        : m_files(files)
        , m_input(input)
        , m_warn(warn)
        , m_cache(files, 16) {}

    Result<RecoveryOutcome> run();

private:
    Status openSegments();
    Status scanSegments();
    Status scan(std::size_t index);
    Status handleDamage(std::size_t index, const LogSegment::Scan& scan);
    Status setAsideTail(LogSegment& segment, std::uint64_t goodBytes, bool& copied);
    Status setAsideFrom(std::size_t index);
    Status setAside(std::size_t index);
    Status takeNewerSnapshot();
    Status replayJournal();
    Status replay(const BatchView& batch);
    Status ensureSegmentAt(Offset base);
    Status finish();
    Status writeSnapshot();
    [[nodiscard]] std::filesystem::path freeName(const std::filesystem::path& file) const;
    [[nodiscard]] bool needsScan(std::size_t index) const;
    [[nodiscard]] bool hasUnsyncedNames() const;
    void tell(std::string sentence) const;

    FileSystem& m_files;
    const RecoveryInput& m_input;
    const std::function<void(std::string)>& m_warn;
    FileCache m_cache;
    LogFiles m_found;
    LogState m_state;
    std::vector<bool> m_badIndex; // a bit a segment: its indexes have to be made anew
    std::size_t m_firstScanned = 0;
    Offset m_replayedFrom = kNoOffset;
    Offset m_end{0};
    bool m_cut = false;
    bool m_epochsMissing = false;
    bool m_replayedJournal = false;
    bool m_made = false; // a segment was made here
    std::vector<std::filesystem::path> m_unsynced;
};

void Recovery::tell(std::string sentence) const {
    m_warn(fmt::format("Recovery of '{}': {}", m_input.directory.filename().string(), sentence));
}

Status Recovery::openSegments() {
    for (const auto base : m_found.segments) {
        auto segment = LogSegment::open(m_cache, m_input.directory, base);
        const bool bad = !segment && segment.error().code == ErrorCode::Corrupt;
        if (bad) {
            segment = LogSegment::openBare(m_cache, m_input.directory, base);
        }
        if (!segment) {
            return std::unexpected(segment.error());
        }
        // An empty time index beside a log was made by a roll that a power cut undid, or by records without time.
        const bool empty = (*segment)->sizeBytes() > 0 && !(*segment)->times().last();
        m_state.segments.push_back(std::move(*segment));
        m_badIndex.push_back(bad || empty);
    }
    return {};
}

// A segment that ends below the recovery point is on the disk, its indexes too: they join the SyncSet at the roll,
// before the end offset moves on. At the recovery point itself the indexes may have missed their sync. The active one
// always may have more.
bool Recovery::needsScan(std::size_t index) const {
    const bool last = index + 1 == m_state.segments.size();
    return last || m_state.segments[index + 1]->base() >= m_input.recoveryPoint;
}

Status Recovery::scanSegments() {
    auto& segments = m_state.segments;
    m_firstScanned = segments.size();
    for (std::size_t i = segments.size(); i-- > 0 && needsScan(i);) {
        m_firstScanned = i;
    }
    m_end = m_input.logStart;
    if (segments.empty()) {
        return {};
    }
    const auto firstBase = segments[std::min(m_firstScanned, segments.size() - 1)]->base();
    auto [producers, at] = newestSnapshot(m_files, m_input.directory, m_found, firstBase); // R13
    m_state.producers = std::move(producers);
    m_replayedFrom = at;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (i > 0 && segments[i]->base() < m_end && segments[i - 1]->sizeBytes() > 0) { // R15
            tell(fmt::format("segment {} begins before the one ahead of it ends; it was renamed to .corrupt.",
                             segments[i]->base().value()));
            if (auto aside = setAside(i); !aside) {
                return aside;
            }
            --i;
            continue;
        }
        if (i >= m_firstScanned || m_badIndex[i]) { // R5, R6
            if (auto scanned = scan(i); !scanned) {
                return scanned;
            }
            continue;
        }
        m_end = segments[i + 1]->base(); // R4
        if (m_end <= at) {
            continue;
        }
        auto replayed = replayProducers(m_state, i, i + 1, at);
        if (!replayed && replayed.error().code == ErrorCode::Corrupt) {
            m_end = segments[i]->base();
            replayed = scan(i);
        }
        if (!replayed) {
            return replayed;
        }
    }
    return {};
}

Status Recovery::scan(std::size_t index) {
    auto& segment = *m_state.segments[index];
    const auto result = segment.rebuild(m_input.indexIntervalBytes, [&](const BatchView& batch) {
        if (batch.baseOffset() >= m_replayedFrom) {
            m_state.producers.stored(batch);
        }
        if (m_epochsMissing) { // R14
            m_state.epochs.begin(batch.leaderEpoch(), batch.baseOffset());
        }
    });
    if (!result) {
        return std::unexpected(result.error());
    }
    auto status = result->damage ? handleDamage(index, *result) : Status{};
    if (!status) {
        return status;
    }
    m_end = std::max(m_end, result->nextOffset);
    const auto point = std::max(m_input.recoveryPoint, m_input.gaplessFrom);
    if (index + 1 < m_state.segments.size() && m_end < m_state.segments[index + 1]->base() && m_end >= point) { // R9
        tell(fmt::format("segment {} lost its end before it reached the disk.", segment.base().value()));
        m_cut = true;
        if (auto aside = setAsideFrom(index + 1); !aside) {
            return aside;
        }
    }
    if (auto sealed = segment.seal(); !sealed) {
        return std::unexpected(sealed.error());
    }
    for (auto& path : segment.paths()) {
        m_unsynced.push_back(std::move(path));
    }
    return {};
}

Status Recovery::handleDamage(std::size_t index, const LogSegment::Scan& scan) {
    auto& segment = *m_state.segments[index];
    const bool last = index + 1 == m_state.segments.size();
    const bool synced = scan.nextOffset < m_input.recoveryPoint;
    bool copied = false;
    const auto lost = segment.sizeBytes() - scan.goodBytes;
    if (auto aside = setAsideTail(segment, scan.goodBytes, copied); !aside) {
        return aside;
    }
    if (auto cut = segment.cut(scan.goodBytes); !cut) { // R7, R8
        return cut;
    }
    m_cut = true;
    const auto where = fmt::format("{} bytes after offset {} of segment {}", lost, scan.nextOffset.value() - 1,
                                   segment.base().value());
    tell(fmt::format("{} {}: {}", where,
                     copied ? "are damaged and were set aside in a file .log.corrupt"
                            : "were written only in part before the stop and were cut",
                     scan.damage->message));
    if (synced) { // R10
        tell(fmt::format("records below offset {} that had been on the disk are missing now.",
                         m_input.recoveryPoint.value()));
        m_end = last ? m_input.recoveryPoint : scan.nextOffset;
        return {};
    }
    return last ? Status{} : setAsideFrom(index + 1); // R9
}

// A batch that was cut off, or zeros, is what a crash leaves; anything else may be somebody's records.
Status Recovery::setAsideTail(LogSegment& segment, std::uint64_t goodBytes, bool& copied) {
    auto file = segment.file();
    if (!file) {
        return std::unexpected(file.error());
    }
    std::string buffer(kBatchHeaderBytes, '\0');
    const auto head = (*file)->readAt(goodBytes, buffer);
    if (!head) {
        return std::unexpected(head.error());
    }
    const auto size = batchSizeBytes(std::string_view(buffer).substr(0, *head));
    const bool zeros = buffer.find_first_not_of('\0') == std::string::npos;
    const bool torn = *head < kBatchHeaderBytes || (size && *size >= segment.sizeBytes() - goodBytes);
    if (zeros || torn) {
        return {};
    }
    const auto to = freeName(segment.paths().front());
    auto copy = m_files.open(to, OpenMode::Create);
    if (!copy) {
        return std::unexpected(copy.error());
    }
    auto status = (*copy)->truncate(0);
    buffer.resize(kCopyBytes);
    for (std::uint64_t at = goodBytes; status && at < segment.sizeBytes();) {
        const auto got = (*file)->readAt(at, buffer);
        if (!got || *got == 0) {
            return got ? Status{} : Status(std::unexpected(got.error()));
        }
        status = (*copy)->writeAt(at - goodBytes, std::string_view(buffer).substr(0, *got));
        at += *got;
    }
    copied = status.has_value();
    return status ? (*copy)->sync() : status;
}

// "<file>.corrupt", or with a number after it: what an earlier recovery set aside is not overwritten.
std::filesystem::path Recovery::freeName(const std::filesystem::path& file) const {
    auto name = file;
    name += log_name::kCorrupt;
    for (int number = 1; m_files.exists(name); ++number) {
        name = file;
        name += fmt::format("{}.{}", log_name::kCorrupt, number);
    }
    return name;
}

Status Recovery::setAsideFrom(std::size_t index) {
    while (index < m_state.segments.size()) {
        tell(fmt::format("segment {} comes after the damage and was renamed to .corrupt.",
                         m_state.segments.back()->base().value()));
        // The last one first: a crash in between leaves a log that ends earlier, not one with a gap.
        if (auto aside = setAside(m_state.segments.size() - 1); !aside) {
            return aside;
        }
    }
    return {};
}

Status Recovery::setAside(std::size_t index) {
    const auto paths = m_state.segments[index]->paths();
    auto status = m_files.rename(paths.front(), freeName(paths.front()));
    for (std::size_t i = 1; status && i < paths.size(); ++i) {
        status = m_files.remove(paths[i]);
    }
    if (status) {
        m_state.segments.erase(m_state.segments.begin() + static_cast<std::ptrdiff_t>(index));
        m_badIndex.erase(m_badIndex.begin() + static_cast<std::ptrdiff_t>(index));
    }
    return status;
}

Status Recovery::ensureSegmentAt(Offset base) {
    auto& segments = m_state.segments;
    if (!segments.empty() && segments.back()->base() <= base && segments.back()->sizeBytes() > 0) {
        auto end = segments.back()->findEnd();
        if (end && *end == base) {
            return {};
        }
    } else if (!segments.empty() && segments.back()->base() == base) {
        return {};
    }
    if (!segments.empty() && segments.back()->sizeBytes() == 0) {
        for (const auto& path : segments.back()->paths()) {
            if (auto gone = m_files.remove(path); !gone) {
                return gone;
            }
        }
        segments.pop_back();
    }
    auto made = LogSegment::create(m_cache, m_input.directory, base);
    if (!made) {
        return std::unexpected(made.error());
    }
    for (auto& path : (*made)->paths()) {
        m_unsynced.push_back(std::move(path));
    }
    segments.push_back(std::move(*made));
    m_made = true;
    return {};
}

// A snapshot of what was read just now knows more than its batches tell: those of dropped segments are in it alone. R13
Status Recovery::takeNewerSnapshot() {
    auto [producers, at] = newestSnapshot(m_files, m_input.directory, m_found, m_end);
    if (at <= m_replayedFrom || m_state.segments.empty()) {
        return {};
    }
    m_state.producers = std::move(producers);
    m_replayedFrom = at;
    return replayProducers(m_state, m_state.segmentOf(at), m_state.segments.size(), at);
}

// What was acknowledged by the journal and did not reach the log's own files. R16
Status Recovery::replayJournal() {
    for (auto bytes : m_input.journal) {
        while (!bytes.empty()) {
            const auto batch = batchAt(bytes);
            if (!batch || !batch->crcMatches() || batch->baseOffset() > m_end) {
                tell(fmt::format("the journal's batches after offset {} don't follow the log.", m_end.value() - 1));
                return {};
            }
            bytes.remove_prefix(batch->sizeBytes());
            if (batch->baseOffset() < m_end) {
                continue; // the file has it
            }
            if (auto status = replay(*batch); !status) {
                return status;
            }
            m_replayedJournal = true;
        }
    }
    if (!m_replayedJournal) {
        return {};
    }
    auto& segment = *m_state.segments.back();
    for (auto& path : segment.paths()) {
        m_unsynced.push_back(std::move(path));
    }
    const auto sealed = segment.seal();
    return sealed ? Status{} : Status(std::unexpected(sealed.error()));
}

Status Recovery::replay(const BatchView& batch) {
    if (auto made = ensureSegmentAt(m_end); !made) {
        return made;
    }
    auto written = m_state.segments.back()->append(batch, m_input.indexIntervalBytes);
    if (written) {
        m_end = batch.nextOffset();
        m_state.producers.stored(batch);
        if (batch.leaderEpoch() > m_state.epochs.latest()) {
            m_state.epochs.begin(batch.leaderEpoch(), batch.baseOffset());
            m_epochsMissing = true; // to be written
        }
    }
    return written;
}

Status Recovery::finish() {
    if (auto made = ensureSegmentAt(m_end); !made) {
        return made;
    }
    if (m_cut || m_epochsMissing) {
        if (m_cut) {
            m_state.epochs.begin(m_state.epochs.latest() + 1, m_end);
        }
        if (auto written = writeEpochs(m_files, m_input.directory, m_state.epochs); !written) {
            return written;
        }
    }
    bool removed = false;
    for (const auto offset : m_found.snapshots) { // R13: one past the end would tell of batches that are gone
        if (offset > m_end) {
            const auto gone = m_files.remove(m_input.directory / offsetFileName(offset, log_name::kSnapshot));
            if (!gone && gone.error().code != ErrorCode::NotFound) {
                return gone;
            }
            removed = true;
        }
    }
    if (removed) { // else it might come back when the log is as long again, with other batches
        if (auto synced = m_files.syncDirectory(m_input.directory); !synced) {
            return synced;
        }
    }
    m_state.producers.truncate(m_end);
    return m_replayedFrom == m_end ? Status{} : writeSnapshot();
}

// Not synced: one that the disk loses has no valid sum, and the batches are read instead.
Status Recovery::writeSnapshot() {
    auto file = m_files.open(m_input.directory / offsetFileName(m_end, log_name::kSnapshot), OpenMode::Create);
    auto status = file ? (*file)->truncate(0) : Status(std::unexpected(file.error()));
    return status ? (*file)->writeAt(0, m_state.producers.toSnapshot()) : status;
}

Result<RecoveryOutcome> Recovery::run() {
    auto found = clearLeftovers(m_files, m_input.directory);
    if (!found) {
        return std::unexpected(found.error());
    }
    m_found = std::move(*found);
    m_state.epochs = readEpochs(m_files, m_input.directory);
    m_epochsMissing = m_state.epochs.entries().empty();
    auto status = openSegments();
    if (status) {
        status = scanSegments();
    }
    if (status) {
        m_end = std::max(m_end, m_input.logStart); // R11
        if (m_state.segments.empty()) {            // R12
            m_end = std::max(m_end, m_input.recoveryPoint);
        }
        status = takeNewerSnapshot();
    }
    if (status) {
        status = replayJournal();
    }
    if (status) {
        status = finish();
    }
    if (!status) {
        return std::unexpected(status.error());
    }
    RecoveryOutcome outcome;
    outcome.topicId = readTopicId(m_files, m_input.directory);
    outcome.position.start = std::max(m_input.logStart, m_state.segments.front()->base());
    outcome.position.end = m_end;
    outcome.position.epoch = m_state.epochs.latest();
    // What a cut or a rename changed is not on the disk yet, so nothing counts as synced before it is.
    outcome.position.synced = std::min(m_input.recoveryPoint, m_end);
    const bool remade = std::ranges::find(m_badIndex, true) != m_badIndex.end();
    if (m_end > m_input.recoveryPoint || m_cut || remade || m_replayedJournal || hasUnsyncedNames()) {
        outcome.unsynced = std::move(m_unsynced);
    }
    return outcome;
}

// Whether something may be lost by a power cut though no record is past the recovery point: the name of a segment that
// was rolled or made since, or the indexes of a rolled one, which were just made anew and are not looked at again.
bool Recovery::hasUnsyncedNames() const {
    const auto& active = *m_state.segments.back();
    const bool rolledLast = active.base() > Offset(0) && active.base() >= m_input.recoveryPoint;
    return m_made || rolledLast || m_firstScanned + 1 < m_state.segments.size();
}

} // namespace

Result<RecoveryOutcome> recoverLog(FileSystem& files, const RecoveryInput& input,
                                   const std::function<void(std::string)>& warn) {
    return Recovery(files, input, warn).run();
}

} // namespace meshbone::backbone
