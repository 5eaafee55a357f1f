// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_least_file.h>

#include "product/names.h"

#include <catalog/access_covers.h>
#include <catalog/access_presets.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using namespace backbone;

constexpr std::string_view kNarrower = "-least";

bool isAmong(const std::vector<AclBinding>& bindings, const AclBinding& binding) {
    return std::ranges::find(bindings, binding) != bindings.end();
}
bool isCovered(const std::vector<AclBinding>& by, const AclBinding& binding) {
    return std::ranges::any_of(by, [&](const AclBinding& wide) { return covers(wide, binding); });
}

/// A grant's scope as the plan would have it.
class Narrowing {
public:
    Narrowing(const AccessScope& scope, const LeastPlan& plan)
        : m_scope(scope)
        , m_plan(plan) {}

    [[nodiscard]] AccessScope scope() const {
        AccessScope next = m_scope;
        next.reads = topics(m_scope.reads, Operation::Read);
        next.writes = topics(m_scope.writes, Operation::Write);
        next.group = one(m_scope.group, ResourceKind::Group, Operation::Read);
        next.transactionalId = one(m_scope.transactionalId, ResourceKind::TransactionalId, Operation::Write);
        return next;
    }

private:
    [[nodiscard]] std::vector<NamePattern> replaced(const NamePattern& pattern, ResourceKind kind,
                                                    Operation operation) const {
        const AclBinding wide{kind,         pattern.pattern, pattern.name,     m_scope.principal,
                              m_scope.host, operation,       Permission::Allow};
        if (!isAmong(m_plan.remove, wide)) {
            return {pattern};
        }
        std::vector<NamePattern> narrow;
        for (const AclBinding& made : m_plan.create) {
            if (made.host == m_scope.host && made.operation == operation && covers(wide, made)) {
                narrow.push_back({made.resource, made.pattern});
            }
        }
        return narrow;
    }
    [[nodiscard]] std::vector<NamePattern> topics(const std::vector<NamePattern>& patterns, Operation operation) const {
        std::vector<NamePattern> all;
        for (const NamePattern& pattern : patterns) {
            for (NamePattern& one : replaced(pattern, ResourceKind::Topic, operation)) {
                if (std::ranges::find(all, one) == all.end()) {
                    all.push_back(std::move(one));
                }
            }
        }
        return all;
    }
    [[nodiscard]] NamePattern one(const NamePattern& pattern, ResourceKind kind, Operation operation) const {
        const auto narrow = pattern.name.empty() ? std::vector<NamePattern>{} : replaced(pattern, kind, operation);
        return narrow.size() == 1 ? narrow.front() : NamePattern{};
    }

    const AccessScope& m_scope;
    const LeastPlan& m_plan;
};

/// What the plan leaves or makes of a grant's bindings.
std::vector<AclBinding> neededOf(const std::vector<AclBinding>& given, const LeastPlan& plan) {
    std::vector<AclBinding> needed;
    std::ranges::copy_if(given, std::back_inserter(needed),
                         [&](const AclBinding& binding) { return !isAmong(plan.remove, binding); });
    std::ranges::copy_if(plan.create, std::back_inserter(needed),
                         [&](const AclBinding& binding) { return isCovered(given, binding); });
    return needed;
}

std::string narrowerId(const std::string& id) {
    std::string head = id.substr(0, kMaxSlugBytes - kNarrower.size());
    while (head.ends_with('-')) {
        head.pop_back();
    }
    return head + std::string(kNarrower);
}

/// Names are anybody's bytes: none ends a comment.
std::string onOneLine(std::string sentence) {
    std::ranges::replace_if(
        sentence, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return sentence;
}

/// Makes the file, grant by grant.
class Maker {
public:
    Maker(std::vector<FileGrant> grants, const LeastPlan& plan)
        : m_grants(std::move(grants))
        , m_plan(plan) {}

    LeastFile make() {
        for (const FileGrant& grant : m_grants) {
            add(grant);
        }
        noteRest();
        m_least.file.grants = std::move(m_next);
        return std::move(m_least);
    }

private:
    void add(const FileGrant& grant) {
        const auto given = bindingsOf(grant.scope);
        const auto cut = [&](const AclBinding& binding) { return isAmong(m_plan.remove, binding); };
        if (std::ranges::none_of(given, cut)) {
            m_next.push_back(grant);
            return;
        }
        m_said.insert(given.begin(), given.end());
        const auto needed = neededOf(given, m_plan);
        if (needed.empty()) {
            ++m_least.ends;
            return;
        }
        narrow(grant, needed);
    }

    /// The narrower one beside the wide one, or instead of it once it is agreed to.
    void narrow(const FileGrant& grant, const std::vector<AclBinding>& needed) {
        FileGrant next = grant;
        next.id = narrowerId(grant.id);
        next.scope = Narrowing(grant.scope, m_plan).scope();
        const auto gives = bindingsOf(next.scope);
        const auto allGiven = [&](const std::vector<AclBinding>& by) {
            return std::ranges::all_of(needed, [&](const AclBinding& one) { return isCovered(by, one); });
        };
        const auto there = std::ranges::find(m_grants, next.id, &FileGrant::id);
        if (there != m_grants.end() && allGiven(bindingsOf(there->scope))) {
            ++m_least.ends;
            return;
        }
        m_next.push_back(grant);
        if (!checkScope(next.scope) || !allGiven(gives) || there != m_grants.end()) {
            note(fmt::format("Grant '{}' stays as it is: no role says just what of it is used.", grant.id));
            return;
        }
        ++m_least.asks;
        note(fmt::format("Grant '{}' is wider than what was seen; '{}' asks for just that. When it is agreed to and "
                         "enforced, make this file anew: then '{}' goes.",
                         grant.id, next.id, grant.id));
        m_next.push_back(std::move(next));
    }

    void noteRest() {
        for (const AclBinding& binding : m_plan.remove) {
            if (!m_said.contains(binding)) {
                note(fmt::format("No grant says it, so no file can: {}. See `meshctl access drift`.",
                                 describe(binding)));
            }
        }
    }
    void note(std::string sentence) { m_least.notes.push_back(std::move(sentence)); }

    std::vector<FileGrant> m_grants, m_next;
    const LeastPlan& m_plan;
    std::set<AclBinding> m_said; ///< of grants that the plan touches
    LeastFile m_least;
};

} // namespace

LeastFile leastFileOf(AccessFile whole, const LeastPlan& plan) {
    return Maker(whole.grants ? std::move(*whole.grants) : std::vector<FileGrant>{}, plan).make();
}

std::string writeLeastFile(const LeastFile& least) {
    std::string head = "# The least that would have let through all that was seen.\n";
    for (const std::string& sentence : least.notes) {
        head += fmt::format("# {}\n", onOneLine(sentence));
    }
    return head + writeAccessFile(least.file);
}

} // namespace meshbone::catalog
