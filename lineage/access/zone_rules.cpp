// SPDX-License-Identifier: Apache-2.0
#include "access/zone_rules.h"

#include <algorithm>

namespace meshbone::lineage {
namespace {

constexpr std::size_t kTypeBytes = 6;

/// Big-endian numbers from the front; past the end they are 0 and it has failed.
class Bytes {
public:
    explicit Bytes(std::string_view bytes)
        : m_rest(bytes) {}

    [[nodiscard]] bool isWell() const { return m_isWell; }
    [[nodiscard]] std::string_view rest() const { return m_rest; }

    std::string_view take(std::size_t size) {
        m_isWell = m_isWell && size <= m_rest.size();
        const auto taken = m_rest.substr(0, m_isWell ? size : 0);
        m_rest.remove_prefix(taken.size());
        return taken;
    }
    std::int64_t number(std::size_t size) {
        const auto bytes = take(size);
        std::uint64_t value = bytes.empty() || static_cast<unsigned char>(bytes.front()) < 0x80 ? 0 : ~std::uint64_t{0};
        for (const char byte : bytes) {
            value = value << 8U | static_cast<unsigned char>(byte);
        }
        return static_cast<std::int64_t>(value);
    }

private:
    std::string_view m_rest;
    bool m_isWell = true;
};

struct Header {
    char version = 0;
    std::size_t utcMarks = 0, standardMarks = 0, leaps = 0, changes = 0, types = 0, names = 0;

    [[nodiscard]] std::size_t bytesAfter(std::size_t timeBytes) const {
        return changes * (timeBytes + 1) + types * kTypeBytes + names + leaps * (timeBytes + 4) + standardMarks +
               utcMarks;
    }
};

std::optional<Header> takeHeader(Bytes& bytes) {
    constexpr std::size_t kReserved = 15, kMostOfAKind = 100'000;
    Header header;
    const bool isOurs = bytes.take(4) == "TZif";
    const auto version = bytes.take(1);
    header.version = version.empty() ? '\0' : version.front();
    (void)bytes.take(kReserved);
    bool isBounded = true;
    for (auto* count :
         {&header.utcMarks, &header.standardMarks, &header.leaps, &header.changes, &header.types, &header.names}) {
        const auto value = bytes.number(4);
        isBounded = isBounded && value >= 0 && value <= static_cast<std::int64_t>(kMostOfAKind);
        *count = isBounded ? static_cast<std::size_t>(value) : 0;
    }
    return isOurs && isBounded && bytes.isWell() ? std::optional(header) : std::nullopt;
}

bool isOffset(std::int64_t seconds) {
    constexpr std::int64_t kMost = 26 * 3'600; // RFC 8536: within 25:59:59
    return seconds > -kMost && seconds < kMost;
}

} // namespace

std::optional<ZoneRules> ZoneRules::parse(std::string_view file) {
    Bytes bytes(file);
    auto header = takeHeader(bytes);
    std::size_t timeBytes = 4;
    if (header && header->version >= '2') { // what comes first then is for readers of the first version
        (void)bytes.take(header->bytesAfter(timeBytes));
        header = takeHeader(bytes);
        timeBytes = 8;
    }
    if (!header || header->types == 0 || file.size() > kMaxZoneFile ||
        header->bytesAfter(timeBytes) > bytes.rest().size()) {
        return std::nullopt;
    }
    ZoneRules rules;
    rules.m_changes.resize(header->changes);
    for (auto& change : rules.m_changes) {
        change.atSeconds = bytes.number(timeBytes);
    }
    std::vector<std::size_t> kinds;
    for (std::size_t i = 0; i < header->changes; ++i) {
        kinds.push_back(static_cast<std::size_t>(bytes.number(1)) & 0xFFU);
    }
    std::vector<std::int64_t> offsets;
    for (std::size_t i = 0; i < header->types; ++i) {
        offsets.push_back(bytes.number(4));
        (void)bytes.take(kTypeBytes - 4); // whether it is summer time, and its name
    }
    if (!std::ranges::all_of(offsets, isOffset) ||
        !std::ranges::all_of(kinds, [&](auto kind) { return kind < offsets.size(); }) ||
        !std::ranges::is_sorted(rules.m_changes, {}, &Change::atSeconds)) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        rules.m_changes[i].offset = offsets[kinds[i]];
    }
    rules.m_first = offsets.front();
    (void)bytes.take(header->names + header->leaps * (timeBytes + 4) + header->standardMarks + header->utcMarks);
    const auto end = bytes.rest();
    if (timeBytes == 8 && end.size() > 2 && end.front() == '\n' && end.back() == '\n') {
        rules.m_rule = parsePosixRule(end.substr(1, end.size() - 2));
        return rules.m_rule ? std::optional(std::move(rules)) : std::nullopt;
    }
    return rules;
}

std::int64_t ZoneRules::offsetAt(std::int64_t utcSeconds) const {
    const auto next = std::ranges::upper_bound(m_changes, utcSeconds, {}, &Change::atSeconds);
    if (next == m_changes.end() && m_rule) {
        return m_rule->offsetAt(utcSeconds);
    }
    return next == m_changes.begin() ? m_first : std::prev(next)->offset;
}

} // namespace meshbone::lineage
