// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl_table.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::backbone {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <class Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

using AclEntry = std::pair<const AclBinding, TimestampMs>; // of the table's bindings: binding and end

/// The bindings that stand on one pattern, by principal: 7,000 principals on "*" cost no more than one.
using AclPattern = ByText<std::vector<const AclEntry*>>;

/// The patterns of one kind of resource.
struct PatternsOfKind {
    ByText<AclPattern> literals; // "*" among them
    ByText<AclPattern> prefixes;
    std::map<std::size_t, std::size_t> prefixLengths; // length -> how many patterns have it

    template <class Visit>
    void forEachCovering(std::string_view resource, Visit visit) const {
        const auto found = [&](const ByText<AclPattern>& patterns, std::string_view name) {
            if (const auto at = patterns.find(name); at != patterns.end()) {
                visit(at->second);
            }
        };
        found(literals, resource);
        if (resource != kAnyResource) {
            found(literals, kAnyResource);
        }
        for (const auto& [length, count] : prefixLengths) {
            if (length > resource.size()) {
                break;
            }
            found(prefixes, resource.substr(0, length));
        }
    }
};

/// What one principal holds. Most hold a few bindings: looking through them side by side takes one miss of the cache,
/// where each pattern that may cover a name takes several.
class Holding {
public:
    static constexpr std::size_t kScannedMax = 32; ///< of more, asking by pattern is faster

    void add(const AclEntry* entry) {
        const auto& binding = entry->first;
        m_slots.push_back({TextHash()(binding.resource), entry, binding.resource.data(),
                           static_cast<std::uint32_t>(binding.resource.size()), binding.resourceKind, binding.pattern,
                           binding.operation, binding.permission, binding.host == kAnyHost});
    }
    void remove(const AclEntry* entry) {
        std::erase_if(m_slots, [&](const Slot& slot) { return slot.entry == entry; });
    }
    [[nodiscard]] bool isEmpty() const { return m_slots.empty(); }
    [[nodiscard]] bool isScanned() const { return m_slots.size() <= kScannedMax; }

    template <class Visit>
    void forEach(Visit visit) const {
        for (const auto& slot : m_slots) {
            visit(*slot.entry);
        }
    }
    /// Calls visit(entry, permission) for those that decide the request, but for their end.
    template <class Visit>
    void forEachConcerning(const AclRequest& asked, Visit visit) const {
        std::size_t hashedLength = std::string_view::npos, hash = 0;
        for (const auto& slot : m_slots) {
            if (slot.kind != asked.resourceKind || slot.length > asked.resource.size() ||
                !concerns(slot.permission, slot.operation, asked.operation)) {
                continue;
            }
            const bool literal = slot.pattern == PatternType::Literal;
            if (!literal || slot.length == asked.resource.size()) {
                if (slot.length != hashedLength) {
                    hashedLength = slot.length;
                    hash = TextHash()(asked.resource.substr(0, hashedLength));
                }
                if (slot.hash != hash && !isAny(slot)) {
                    continue;
                }
            } else if (!isAny(slot)) {
                continue;
            }
            // The entry itself is touched as late as can be: it is somewhere else in memory.
            if (patternCovers(slot.pattern, {slot.name, slot.length}, asked.resource) &&
                (slot.isAnyHost || slot.entry->first.host == asked.host)) {
                visit(*slot.entry, slot.permission);
            }
        }
    }

private:
    struct Slot {
        std::size_t hash; // of the resource's name
        const AclEntry* entry;
        const char* name;     // of the resource; the entry's
        std::uint32_t length; // of it
        ResourceKind kind;
        PatternType pattern;
        Operation operation;
        Permission permission;
        bool isAnyHost;
    };
    /// A literal of one character may be "*".
    static bool isAny(const Slot& slot) { return slot.pattern == PatternType::Literal && slot.length == 1; }

    std::vector<Slot> m_slots;
};

} // namespace meshbone::backbone
