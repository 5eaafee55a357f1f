// SPDX-License-Identifier: Apache-2.0
#include "acl/table_index.h"

#include <array>

namespace meshbone::backbone {
namespace {

bool hasEnded(const AclEntry& entry, TimestampMs nowMs) {
    return entry.second >= 0 && nowMs >= entry.second;
}

constexpr std::size_t kKindCount = static_cast<std::size_t>(ResourceKind::Unknown) + 1;

} // namespace

struct AclTable::Indexes {
    AclRules rules;
    std::map<AclBinding, TimestampMs> bindings; // its nodes stay where they are: the indexes point at them
    std::array<PatternsOfKind, kKindCount> kinds;
    ByText<Holding> byPrincipal; // the same entries, whatever they are on; without User:*
    Holding everybody;           // User:*
    std::size_t ending = 0;      // how many bindings have an end

    [[nodiscard]] const Holding* holdingOf(std::string_view principal) const {
        if (principal == kAnyPrincipal) {
            return &everybody;
        }
        const auto found = byPrincipal.find(principal);
        return found == byPrincipal.end() ? nullptr : &found->second;
    }
    [[nodiscard]] const PatternsOfKind& of(ResourceKind kind) const { return kinds.at(static_cast<std::size_t>(kind)); }

    /// Calls visit(entry, permission) for the principal's and everybody's bindings that decide the request.
    template <class Visit>
    void forEachConcerning(const AclRequest& asked, TimestampMs nowMs, Visit visit) const {
        const auto unlessEnded = [&](const AclEntry& entry, Permission permission) {
            if (ending == 0 || !hasEnded(entry, nowMs)) {
                visit(entry, permission);
            }
        };
        for (const auto principal : {asked.principal, kAnyPrincipal}) {
            const auto* holding = holdingOf(principal);
            if (holding == nullptr) {
                continue;
            }
            if (holding->isScanned()) {
                holding->forEachConcerning(asked, unlessEnded);
            } else {
                forEachByPattern(principal, asked, unlessEnded);
            }
        }
    }

    /// What a holding of many answers.
    template <class Visit>
    void forEachByPattern(std::string_view principal, const AclRequest& asked, Visit visit) const {
        of(asked.resourceKind).forEachCovering(asked.resource, [&](const AclPattern& pattern) {
            const auto entries = pattern.find(principal);
            if (entries == pattern.end()) {
                return;
            }
            for (const auto* entry : entries->second) {
                const auto& binding = entry->first;
                if ((binding.host == kAnyHost || binding.host == asked.host) && concerns(binding, asked.operation)) {
                    visit(*entry, binding.permission);
                }
            }
        });
    }
};

AclTable::AclTable(AclRules rules)
    : m_indexes(std::make_unique<Indexes>()) {
    m_indexes->rules = std::move(rules);
}
AclTable::AclTable(AclTable&&) noexcept = default;
AclTable& AclTable::operator=(AclTable&&) noexcept = default;
AclTable::~AclTable() = default;

bool AclTable::add(const AclBinding& binding, TimestampMs untilMs) {
    const auto [at, isNew] = m_indexes->bindings.try_emplace(binding, TimestampMs(-1));
    m_indexes->ending += (untilMs >= 0 ? 1U : 0U);
    m_indexes->ending -= (at->second >= 0 ? 1U : 0U);
    at->second = untilMs;
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
    (binding.principal == kAnyPrincipal ? m_indexes->everybody : m_indexes->byPrincipal[binding.principal]).add(&*at);
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
    const auto entries = pattern->second.find(binding.principal);
    std::erase(entries->second, &*at);
    if (entries->second.empty()) {
        pattern->second.erase(entries);
    }
    if (binding.principal == kAnyPrincipal) {
        m_indexes->everybody.remove(&*at);
    } else if (const auto holding = m_indexes->byPrincipal.find(binding.principal);
               holding->second.remove(&*at), holding->second.isEmpty()) {
        m_indexes->byPrincipal.erase(holding);
    }
    if (pattern->second.empty()) { // a pattern without bindings is no candidate: rule 3 of the decision
        patterns.erase(pattern);
        if (prefixed && --kind.prefixLengths[binding.resource.size()] == 0) {
            kind.prefixLengths.erase(binding.resource.size());
        }
    }
    m_indexes->ending -= at->second >= 0 ? 1 : 0;
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
    return concerns(binding.permission, binding.operation, asked);
}

AclDecision AclTable::decide(const AclRequest& request, TimestampMs nowMs) const {
    using Reason = AclDecision::Reason;
    if (m_indexes->rules.superUsers.contains(request.principal)) {
        return {true, Reason::SuperUser, nullptr};
    }
    const AclBinding* allows = nullptr;
    const AclBinding* denies = nullptr;
    m_indexes->forEachConcerning(request, nowMs, [&](const AclEntry& entry, Permission permission) {
        (permission == Permission::Deny ? denies : allows) = &entry.first;
    });
    if (denies != nullptr) {
        return {false, Reason::Denied, denies};
    }
    if (allows != nullptr) {
        return {true, Reason::Allowed, allows};
    }
    return isCovered(request.resourceKind, request.resource)
               ? AclDecision{false, Reason::NothingAllows, nullptr}
               : AclDecision{m_indexes->rules.allowIfNone, Reason::NoneForIt, nullptr};
}

void AclTable::forEachConcerning(const AclRequest& request, TimestampMs nowMs,
                                 const std::function<void(const AclBinding&)>& visit) const {
    m_indexes->forEachConcerning(request, nowMs, [&](const AclEntry& entry, Permission) { visit(entry.first); });
}

bool AclTable::allowedOnSome(std::string_view principal, std::string_view host, Operation operation, ResourceKind kind,
                             TimestampMs nowMs) const {
    // Kafka asks for a name that nobody has first, so that super users and the setting are heard.
    if (decide({principal, host, operation, kind, "hardcode"}, nowMs).allowed) {
        return true;
    }
    const auto& patterns = m_indexes->of(kind);
    const auto concernsAsIs = [&](const AclEntry& entry, Permission permission) { // implied operations don't count here
        const auto& binding = entry.first;
        return binding.permission == permission &&
               (binding.operation == operation || binding.operation == Operation::All) &&
               (binding.host == kAnyHost || binding.host == host) && !hasEnded(entry, nowMs);
    };
    const auto deniedBy = [&](const ByText<AclPattern>& all, std::string_view name) {
        const auto found = all.find(name);
        return found != all.end() &&
               std::ranges::any_of(std::initializer_list<std::string_view>{principal, kAnyPrincipal}, [&](auto who) {
                   const auto entries = found->second.find(who);
                   return entries != found->second.end() &&
                          std::ranges::any_of(entries->second, [&](const AclEntry* entry) {
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
    const auto opensSomething = [&](const AclEntry& entry) {
        const auto& allowed = entry.first;
        if (allowed.resourceKind != kind || !concernsAsIs(entry, Permission::Allow)) {
            return false;
        }
        const bool literal = allowed.pattern == PatternType::Literal;
        return (literal && allowed.resource == kAnyResource) ||
               (!(literal && deniedBy(patterns.literals, allowed.resource)) && !deniedByPrefix(allowed.resource));
    };
    return std::ranges::any_of(std::initializer_list<std::string_view>{principal, kAnyPrincipal}, [&](auto who) {
        const auto* holding = m_indexes->holdingOf(who);
        bool opens = false;
        if (holding != nullptr) {
            holding->forEach([&](const AclEntry& entry) { opens = opens || opensSomething(entry); });
        }
        return opens;
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
    m_indexes->of(kind).forEachCovering(resource, [&](const AclPattern& pattern) {
        for (const auto& [principal, entries] : pattern) {
            std::ranges::transform(entries, std::back_inserter(found),
                                   [](const AclEntry* entry) { return &entry->first; });
        }
    });
    return found;
}

std::vector<const AclBinding*> AclTable::covering(ResourceKind kind, std::string_view resource,
                                                  std::string_view principal) const {
    std::vector<const AclBinding*> found;
    m_indexes->of(kind).forEachCovering(resource, [&](const AclPattern& pattern) {
        if (const auto entries = pattern.find(principal); entries != pattern.end()) {
            std::ranges::transform(entries->second, std::back_inserter(found),
                                   [](const AclEntry* entry) { return &entry->first; });
        }
    });
    return found;
}

bool AclTable::isCovered(ResourceKind kind, std::string_view resource) const {
    bool found = false;
    m_indexes->of(kind).forEachCovering(resource, [&](const AclPattern&) { found = true; });
    return found;
}

bool AclTable::isCovered(ResourceKind kind, std::string_view resource, std::string_view principal) const {
    bool found = false;
    m_indexes->of(kind).forEachCovering(
        resource, [&](const AclPattern& pattern) { found = found || pattern.contains(principal); });
    return found;
}

std::vector<const AclBinding*> AclTable::of(std::string_view principal) const {
    std::vector<const AclBinding*> found;
    if (const auto* holding = m_indexes->holdingOf(principal)) {
        holding->forEach([&](const AclEntry& entry) { found.push_back(&entry.first); });
    }
    return found;
}

} // namespace meshbone::backbone
