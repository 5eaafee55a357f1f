// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_least_file.h>

#include "ascode/least_scope.h"
#include "product/names.h"

#include <catalog/access_covers.h>
#include <catalog/access_presets.h>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace meshbone::catalog {
namespace {

using namespace backbone;

constexpr std::string_view kNarrower = "-least";

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
    Maker(std::vector<FileGrant> grants, LeastPlan plan)
        : m_grants(std::move(grants))
        , m_plan(std::move(plan)) {
        m_least.idempotent = keepProducers(m_plan);
        m_instead.emplace(m_plan);
    }

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
        const auto cut = [&](const AclBinding& binding) { return m_instead->isCut(binding); };
        if (std::ranges::none_of(given, cut)) {
            m_next.push_back(grant);
            return;
        }
        m_said.insert(given.begin(), given.end());
        const auto needed = neededOf(given, *m_instead);
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
        next.scope = narrowed(grant.scope, *m_instead);
        const auto gives = bindingsOf(next.scope);
        const auto allGiven = [&](const std::vector<AclBinding>& by) {
            return std::ranges::all_of(needed, [&](const AclBinding& one) {
                return std::ranges::any_of(by, [&](const AclBinding& wide) { return covers(wide, one); });
            });
        };
        const auto there = std::ranges::find(m_grants, next.id, &FileGrant::id);
        if (there != m_grants.end() && allGiven(bindingsOf(there->scope))) {
            ++m_least.ends;
            return;
        }
        m_next.push_back(grant);
        if (!checkScope(next.scope) || !allGiven(gives) || there != m_grants.end()) {
            m_least.stay.push_back(grant.id);
            note(fmt::format("Grant '{}' stays as it is: no role says just what of it is used.", grant.id));
            return;
        }
        ++m_least.asks;
        m_least.narrower.emplace_back(grant.id, next.id);
        note(fmt::format("Grant '{}' is wider than what was seen; '{}' asks for just that. When it is agreed to and "
                         "enforced, make this file anew: then '{}' goes.",
                         grant.id, next.id, grant.id));
        m_next.push_back(std::move(next));
    }

    void noteRest() {
        for (const std::string& principal : m_least.idempotent) {
            note(
                fmt::format("'{}' keeps its rights to write: by one of them it gets an idempotent producer's id, which "
                            "no role gives alone.",
                            principal));
        }
        for (const AclBinding& binding : m_plan.remove) {
            if (!m_said.contains(binding)) {
                note(fmt::format("No grant says it, so no file can: {}. See `meshctl access drift`.",
                                 describe(binding)));
            }
        }
    }
    void note(std::string sentence) { m_least.notes.push_back(std::move(sentence)); }

    std::vector<FileGrant> m_grants, m_next;
    LeastPlan m_plan;
    std::optional<LeastInstead> m_instead; ///< of the plan
    std::set<AclBinding> m_said;           ///< of grants that the plan touches
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
