// SPDX-License-Identifier: Apache-2.0
#include "access/drift_parts.h"

#include <array>

namespace meshbone::catalog {
namespace {

using namespace backbone;

constexpr std::size_t kFields = 7;
using FieldHashes = std::array<std::size_t, kFields>;

/// A field's hash, mixed with its place so that their sum tells bindings apart.
FieldHashes hashesOf(const AclBinding& binding) {
    const std::hash<std::string_view> text;
    FieldHashes hashes{static_cast<std::size_t>(binding.resourceKind),
                       static_cast<std::size_t>(binding.pattern),
                       text(binding.resource),
                       text(binding.principal),
                       text(binding.host),
                       static_cast<std::size_t>(binding.operation),
                       static_cast<std::size_t>(binding.permission)};
    for (std::size_t i = 0; i < kFields; ++i) {
        hashes.at(i) = (hashes.at(i) + i + 1) * 0x9E3779B97F4A7C15ULL;
        hashes.at(i) ^= hashes.at(i) >> 29U;
        hashes.at(i) *= 0xBF58476D1CE4E5B9ULL + 2 * i;
    }
    return hashes;
}

/// The hash of a binding without one of its fields: two that differ in this field only have the same.
std::array<std::size_t, kFields> withoutOne(const AclBinding& binding) {
    const auto fields = hashesOf(binding);
    std::size_t sum = 0;
    for (const auto one : fields) {
        sum += one;
    }
    std::array<std::size_t, kFields> keys{};
    for (std::size_t i = 0; i < kFields; ++i) {
        keys.at(i) = sum - fields.at(i) + i;
    }
    return keys;
}

int fieldsThatDiffer(const AclBinding& a, const AclBinding& b) {
    return (a.resourceKind != b.resourceKind) + (a.pattern != b.pattern) + (a.resource != b.resource) +
           (a.principal != b.principal) + (a.host != b.host) + (a.operation != b.operation) +
           (a.permission != b.permission);
}

} // namespace

std::unordered_map<const AclBinding*, const Wanted::value_type*> changedOf(const DriftCase& drift) {
    std::unordered_map<const AclBinding*, const Wanted::value_type*> changed;
    if (drift.missing.empty() || drift.unwanted.empty()) {
        return changed;
    }
    std::unordered_multimap<std::size_t, const Wanted::value_type*> byKey;
    byKey.reserve(drift.missing.size() * kFields);
    for (const auto* agreed : drift.missing) {
        for (const auto key : withoutOne(agreed->first)) {
            byKey.emplace(key, agreed);
        }
    }
    std::set<const Wanted::value_type*> taken;
    const auto pair = [&](const AclBinding* binding) {
        for (const auto key : withoutOne(*binding)) {
            const auto [begin, end] = byKey.equal_range(key);
            for (auto at = begin; at != end; ++at) {
                if (fieldsThatDiffer(at->second->first, *binding) == 1 && taken.insert(at->second).second) {
                    changed.emplace(binding, at->second);
                    return;
                }
            }
        }
    };
    for (const auto* binding : drift.unwanted) {
        pair(binding);
    }
    return changed;
}

} // namespace meshbone::catalog
