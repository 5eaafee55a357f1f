// SPDX-License-Identifier: Apache-2.0
#include <backbone/acl_table.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace meshbone::backbone {
namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <class Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

using Entry = std::pair<const AclBinding, TimestampMs>; // of m_bindings: binding and end

/// The bindings that stand on one pattern, by principal: 7,000 principals on "*" cost no more than one.
using Pattern = ByText<std::vector<const Entry*>>;

bool hasEnded(const Entry& entry, TimestampMs nowMs) {
    return entry.second >= 0 && nowMs >= entry.second;
}

/// The patterns of one kind of resource.
struct Kind {
    ByText<Pattern> literals; // "*" among them
    ByText<Pattern> prefixes;
    std::map<std::size_t, std::size_t> prefixLengths; // length -> how many patterns have it

    template <class Visit>
    void forEachCovering(std::string_view resource, Visit visit) const {
        const auto found = [&](const ByText<Pattern>& patterns, std::string_view name) {
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

constexpr std::size_t kKinds = static_cast<std::size_t>(ResourceKind::Unknown) + 1;

} // namespace

struct AclTable::Indexes {
    AclRules rules;
    std::map<AclBinding, TimestampMs> bindings; // its nodes stay where they are: the indexes point at them
    std::array<Kind, kKinds> kinds;
    Pattern byPrincipal; // the same entries, whatever they are on

    [[nodiscard]] const Kind& of(ResourceKind kind) const { return kinds.at(static_cast<std::size_t>(kind)); }
};

AclTable::AclTable(AclRules rules)
    : m_indexes(std::make_unique<Indexes>()) {
    m_indexes->rules = std::move(rules);
}
AclTable::AclTable(AclTable&&) noexcept = default;
AclTable& AclTable::operator=(AclTable&&) noexcept = default;
AclTable::~AclTable() = default;

bool AclTable::add(const AclBinding& binding, TimestampMs untilMs) {
    const auto [at, isNew] = m_indexes->bindings.insert_or_assign(binding, untilMs);
    if (!isNew) {
        return false;
    }
    auto& kind = m_indexes->kinds.at(static_cast<std::size_t>(binding.resourceKind));
    const bool prefixed = binding.pattern == PatternType::Prefixed;
    auto [pattern, isNewPattern] = (prefixed ? kind.prefixes : kind.literals).try_emplace(binding.resource);
    if (prefixed && isNewPattern) {
        ++kind.prefixLengths[binding.resource.size()];
    }
    pattern->second[binding.principal].push_back(&*at);
    m_indexes->byPrincipal[binding.principal].push_back(&*at);
    return true;
}

bool AclTable::remove(const AclBinding& binding) {
    const auto at = m_indexes->bindings.find(binding);
    if (at == m_indexes->bindings.end()) {
        return false;
    }
    auto& kind = m_indexes->kinds.at(static_cast<std::size_t>(binding.resourceKind));
    const bool prefixed = binding.pattern == PatternType::Prefixed;
    auto& patterns = prefixed ? kind.prefixes : kind.literals;
    const auto pattern = patterns.find(binding.resource);
    for (auto* const entriesOf : {&pattern->second, &m_indexes->byPrincipal}) {
        const auto entries = entriesOf->find(binding.principal);
        std::erase(entries->second, &*at);
        if (entries->second.empty()) {
            entriesOf->erase(entries);
        }
    }
    if (pattern->second.empty()) { // a pattern without bindings is no candidate: rule 3 of the decision
        patterns.erase(pattern);
        if (prefixed && --kind.prefixLengths[binding.resource.size()] == 0) {
            kind.prefixLengths.erase(binding.resource.size());
        }
    }
    m_indexes->bindings.erase(at);
    return true;
}

void AclTable::setRules(AclRules rules) {
    m_indexes->rules = std::move(rules);
}
const AclRules& AclTable::rules() const {
    return m_indexes->rules;
}

bool concerns(const AclBinding& binding, Operation asked) {
    using enum Operation;
    if (binding.operation == asked || binding.operation == All) {
        return true;
    }
    if (binding.permission != Permission::Allow) {
        return false;
    }
    const auto has = binding.operation;
    return (asked == Describe && (has == Read || has == Write || has == Delete || has == Alter)) ||
           (asked == DescribeConfigs && has == AlterConfigs);
}

AclDecision AclTable::decide(const AclRequest& request, TimestampMs nowMs) const {
    using Reason = AclDecision::Reason;
    if (m_indexes->rules.superUsers.contains(request.principal)) {
        return {true, Reason::SuperUser, nullptr};
    }
    bool isCovered = false;
    const AclBinding* allows = nullptr;
    const AclBinding* denies = nullptr;
    m_indexes->of(request.resourceKind).forEachCovering(request.resource, [&](const Pattern& pattern) {
        isCovered = true;
        for (const auto principal : {request.principal, kAnyPrincipal}) {
            const auto entries = pattern.find(principal);
            if (entries == pattern.end()) {
                continue;
            }
            for (const auto* entry : entries->second) {
                const auto& binding = entry->first;
                if ((binding.host == kAnyHost || binding.host == request.host) &&
                    concerns(binding, request.operation) && !hasEnded(*entry, nowMs)) {
                    (binding.permission == Permission::Deny ? denies : allows) = &binding;
                }
            }
        }
    });
    if (denies != nullptr) {
        return {false, Reason::Denied, denies};
    }
    if (allows != nullptr) {
        return {true, Reason::Allowed, allows};
    }
    return isCovered ? AclDecision{false, Reason::NothingAllows, nullptr}
                     : AclDecision{m_indexes->rules.allowIfNone, Reason::NoneForIt, nullptr};
}

bool AclTable::allowedOnSome(std::string_view principal, std::string_view host, Operation operation, ResourceKind kind,
                             TimestampMs nowMs) const {
    // Kafka asks for a name that nobody has first, so that super users and the setting are heard.
    if (decide({principal, host, operation, kind, "hardcode"}, nowMs).allowed) {
        return true;
    }
    const auto& patterns = m_indexes->of(kind);
    const auto concernsAsIs = [&](const Entry& entry, Permission permission) { // implied operations don't count here
        const auto& binding = entry.first;
        return binding.permission == permission &&
               (binding.operation == operation || binding.operation == Operation::All) &&
               (binding.host == kAnyHost || binding.host == host) && !hasEnded(entry, nowMs);
    };
    const auto deniedBy = [&](const ByText<Pattern>& all, std::string_view name) {
        const auto found = all.find(name);
        return found != all.end() &&
               std::ranges::any_of(std::initializer_list<std::string_view>{principal, kAnyPrincipal}, [&](auto who) {
                   const auto entries = found->second.find(who);
                   return entries != found->second.end() &&
                          std::ranges::any_of(entries->second, [&](const Entry* entry) {
                              return concernsAsIs(*entry, Permission::Deny);
                          });
               });
    };
    if (deniedBy(patterns.literals, kAnyResource)) {
        return false;
    }
    const auto deniedByPrefix = [&](std::string_view name) {
        return std::ranges::any_of(patterns.prefixLengths, [&](const auto& length) {
            return length.first <= name.size() && deniedBy(patterns.prefixes, name.substr(0, length.first));
        });
    };
    const auto opensSomething = [&](const Entry* entry) {
        const auto& allowed = entry->first;
        if (allowed.resourceKind != kind || !concernsAsIs(*entry, Permission::Allow)) {
            return false;
        }
        const bool literal = allowed.pattern == PatternType::Literal;
        return (literal && allowed.resource == kAnyResource) ||
               (!(literal && deniedBy(patterns.literals, allowed.resource)) && !deniedByPrefix(allowed.resource));
    };
    return std::ranges::any_of(std::initializer_list<std::string_view>{principal, kAnyPrincipal}, [&](auto who) {
        const auto entries = m_indexes->byPrincipal.find(who);
        return entries != m_indexes->byPrincipal.end() && std::ranges::any_of(entries->second, opensSomething);
    });
}

std::size_t AclTable::size() const {
    return m_indexes->bindings.size();
}
const std::map<AclBinding, TimestampMs>& AclTable::bindings() const {
    return m_indexes->bindings;
}

std::vector<AclBinding> AclTable::matching(const AclFilter& filter) const {
    std::vector<AclBinding> found;
    for (const auto& [binding, until] : m_indexes->bindings) {
        if (filter.matches(binding)) {
            found.push_back(binding);
        }
    }
    return found;
}

std::vector<const AclBinding*> AclTable::covering(ResourceKind kind, std::string_view resource) const {
    std::vector<const AclBinding*> found;
    m_indexes->of(kind).forEachCovering(resource, [&](const Pattern& pattern) {
        for (const auto& [principal, entries] : pattern) {
            std::ranges::transform(entries, std::back_inserter(found),
                                   [](const Entry* entry) { return &entry->first; });
        }
    });
    return found;
}

std::vector<const AclBinding*> AclTable::covering(ResourceKind kind, std::string_view resource,
                                                  std::string_view principal) const {
    std::vector<const AclBinding*> found;
    m_indexes->of(kind).forEachCovering(resource, [&](const Pattern& pattern) {
        if (const auto entries = pattern.find(principal); entries != pattern.end()) {
            std::ranges::transform(entries->second, std::back_inserter(found),
                                   [](const Entry* entry) { return &entry->first; });
        }
    });
    return found;
}

bool AclTable::isCovered(ResourceKind kind, std::string_view resource) const {
    bool found = false;
    m_indexes->of(kind).forEachCovering(resource, [&](const Pattern&) { found = true; });
    return found;
}

bool AclTable::isCovered(ResourceKind kind, std::string_view resource, std::string_view principal) const {
    bool found = false;
    m_indexes->of(kind).forEachCovering(resource,
                                        [&](const Pattern& pattern) { found = found || pattern.contains(principal); });
    return found;
}

std::vector<const AclBinding*> AclTable::of(std::string_view principal) const {
    std::vector<const AclBinding*> found;
    if (const auto entries = m_indexes->byPrincipal.find(principal); entries != m_indexes->byPrincipal.end()) {
        std::ranges::transform(entries->second, std::back_inserter(found),
                               [](const Entry* entry) { return &entry->first; });
    }
    return found;
}

} // namespace meshbone::backbone
