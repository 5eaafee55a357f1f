// SPDX-License-Identifier: Apache-2.0
#include "log/leader_epochs.h"

#include "log/checkpoint_lines.h"

#include <fmt/format.h>

namespace meshbone::backbone {

void LeaderEpochCheckpoint::begin(LeaderEpoch epoch, Offset start) {
    if (!m_entries.empty() && epoch <= m_entries.back().epoch) {
        return;
    }
    while (!m_entries.empty() && m_entries.back().start >= start) {
        m_entries.pop_back();
    }
    m_entries.push_back({epoch, start});
}

std::optional<std::pair<LeaderEpoch, Offset>> LeaderEpochCheckpoint::endOf(LeaderEpoch epoch, Offset end) const {
    std::optional<std::pair<LeaderEpoch, Offset>> found;
    for (std::size_t i = 0; i < m_entries.size() && m_entries[i].epoch <= epoch; ++i) {
        found.emplace(m_entries[i].epoch, i + 1 < m_entries.size() ? m_entries[i + 1].start : end);
    }
    return found;
}

LeaderEpoch LeaderEpochCheckpoint::at(Offset offset) const {
    LeaderEpoch epoch(0);
    for (const auto& entry : m_entries) {
        if (entry.start > offset) {
            break;
        }
        epoch = entry.epoch;
    }
    return epoch;
}

std::string LeaderEpochCheckpoint::toText() const {
    auto text = fmt::format("0\n{}\n", m_entries.size());
    for (const auto& entry : m_entries) {
        fmt::format_to(std::back_inserter(text), "{} {}\n", entry.epoch.value(), entry.start.value());
    }
    return text;
}

Result<LeaderEpochCheckpoint> LeaderEpochCheckpoint::fromText(std::string_view text) {
    const auto lines = parseCheckpoint(text, 0);
    if (!lines) {
        return std::unexpected(lines.error());
    }
    LeaderEpochCheckpoint checkpoint;
    for (const auto& line : *lines) {
        const auto epoch = line.size() == 2 ? parseWord<std::int32_t>(line[0]) : std::nullopt;
        const auto start = epoch ? parseWord<std::int64_t>(line[1]) : std::nullopt;
        const bool grows =
            checkpoint.m_entries.empty() || (epoch && start && *epoch > checkpoint.m_entries.back().epoch.value() &&
                                             *start >= checkpoint.m_entries.back().start.value());
        if (!start || *epoch < 0 || *start < 0 || !grows) {
            return fail(ErrorCode::Corrupt, "The leader epoch checkpoint is damaged.");
        }
        checkpoint.m_entries.push_back({LeaderEpoch(*epoch), Offset(*start)});
    }
    return checkpoint;
}

} // namespace meshbone::backbone
