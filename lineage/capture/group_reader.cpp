// SPDX-License-Identifier: Apache-2.0
#include "capture/group_reader.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace meshbone::lineage {

namespace {
using Advances = std::map<TopicPartition, std::int64_t>;

std::string plainHost(const std::string& host) {
    return host.starts_with('/') ? host.substr(1) : host; // brokers on the JVM write "/127.0.0.1"
}

/// One sight for each client id and topic: members that differ in their number only are one reader.
std::vector<GroupSight> membersOf(const backbone::GroupDetail& detail, const Advances& advances) {
    std::map<std::pair<std::string, std::string>, GroupSight> byReader;
    for (const auto& member : detail.members) {
        for (const auto& at : member.assignment) {
            auto& sight = byReader[{member.clientId, at.topic}];
            sight.group = detail.group;
            sight.clientId = member.clientId;
            sight.host = plainHost(member.host);
            sight.topic = at.topic;
            const auto advance = advances.find(at);
            sight.advanced += advance == advances.end() ? 0 : advance->second;
        }
    }
    std::vector<GroupSight> sights;
    for (auto& [reader, sight] : byReader) {
        sights.push_back(std::move(sight));
    }
    return sights;
}

/// Topics with committed offsets that no member reads now: the group itself stands for its reader.
void addIdle(std::vector<GroupSight>& sights, const std::string& group, const Advances& advances) {
    std::set<std::string> read;
    for (const auto& sight : sights) {
        read.insert(sight.topic);
    }
    std::map<std::string, GroupSight> idle;
    for (const auto& [at, advance] : advances) {
        if (!read.contains(at.topic)) {
            auto& sight = idle.try_emplace(at.topic, GroupSight{group, "", "", at.topic, 0, false}).first->second;
            sight.advanced += advance;
            sight.active = sight.active || advance > 0;
        }
    }
    for (auto& [topic, sight] : idle) {
        sights.push_back(std::move(sight));
    }
}
} // namespace

std::vector<std::string> GroupReader::nextGroups(std::vector<std::string> all) {
    std::ranges::sort(all);
    if (all.size() <= kMaxGroupsPerRead) {
        return all;
    }
    const auto start = std::ranges::upper_bound(all, m_lastGroup);
    std::ranges::rotate(all, start);
    all.resize(kMaxGroupsPerRead);
    m_lastGroup = all.back();
    return all;
}

Advances GroupReader::advances(const std::string& group, const std::vector<backbone::CommittedOffset>& committed) {
    Advances out;
    const auto known = m_offsets.find(group);
    Offsets now;
    for (const auto& offset : committed) {
        if (offset.committed.value() < 0) {
            continue;
        }
        now[offset.at] = offset.committed;
        auto& advance = out[offset.at];
        if (known == m_offsets.end()) {
            continue; // the first look: how it came there is not known
        }
        const auto before = known->second.find(offset.at);
        if (before != known->second.end()) {
            advance = std::max<std::int64_t>(0, offset.committed - before->second); // a rewind reads nothing new yet
        }
    }
    m_offsets[group] = std::move(now);
    return out;
}

Result<std::vector<GroupSight>> GroupReader::read(backbone::Admin& admin, const CallOptions& options) {
    const auto summaries = admin.groups(options);
    if (!summaries) {
        return std::unexpected(summaries.error());
    }
    std::vector<std::string> names;
    for (const auto& summary : *summaries) {
        names.push_back(summary.group);
    }
    std::erase_if(m_offsets, [&](const auto& item) { return std::ranges::find(names, item.first) == names.end(); });
    names = nextGroups(std::move(names));
    if (names.empty()) {
        return std::vector<GroupSight>{};
    }
    const auto details = admin.describeGroups(names, options);
    if (!details) {
        return std::unexpected(details.error());
    }
    std::vector<GroupSight> sights;
    for (const auto& detail : *details) {
        const auto committed = admin.groupOffsets(detail.group, options);
        if (!committed) {
            return std::unexpected(committed.error());
        }
        const auto moved = advances(detail.group, *committed);
        auto members = membersOf(detail, moved);
        addIdle(members, detail.group, moved);
        sights.insert(sights.end(), std::make_move_iterator(members.begin()), std::make_move_iterator(members.end()));
    }
    return sights;
}

} // namespace meshbone::lineage
