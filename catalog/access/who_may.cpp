// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_explain.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog {
namespace {

using namespace backbone;
using Bindings = std::vector<const AclBinding*>;

/// What covers a resource, told apart for one operation.
struct Gathered {
    Bindings allows;
    std::unordered_map<std::string_view, Bindings> denies; ///< by principal
    std::unordered_map<std::string_view, Bindings> describeDenies;

    Gathered(const Bindings& covering, Operation operation) {
        for (const auto* one : covering) {
            if (one->permission == Permission::Deny) {
                if (concerns(*one, operation)) {
                    denies[one->principal].push_back(one);
                }
                if (concerns(*one, Operation::Describe)) {
                    describeDenies[one->principal].push_back(one);
                }
            } else if (concerns(*one, operation) && isMeetable(*one)) {
                allows.push_back(one);
            }
        }
        std::ranges::sort(allows, {}, [](const auto* one) { return std::tie(one->principal, one->host); });
    }

    /// Can anybody be who it names? The usual binding costs no sentence.
    static bool isMeetable(const AclBinding& binding) {
        if (binding.host == kAnyHost && binding.principal.starts_with("User:")) {
            return true;
        }
        auto whoever = binding;
        whoever.operation = Operation::All; // whether the operation fits the resource is another question
        return whyNeverMatches(whoever).empty();
    }
};

/// Calls visit(deny) for each that speaks of the principal; User:* speaks of everybody.
template <class Visit>
void forEachOf(const std::unordered_map<std::string_view, Bindings>& denies, std::string_view principal, Visit visit) {
    for (const auto who : {principal, kAnyPrincipal}) {
        if (const auto found = denies.find(who); found != denies.end()) {
            std::ranges::for_each(found->second, visit);
        }
        if (principal == kAnyPrincipal) {
            break;
        }
    }
}

/// Takes the denied away; false when nothing is left.
bool lessDenied(WhoMay& row, const Gathered& gathered) {
    bool isLeft = true;
    forEachOf(gathered.denies, row.principal, [&](const AclBinding* deny) {
        if (deny->host == kAnyHost || deny->host == row.host) {
            isLeft = false;
        } else if (row.host == kAnyHost) {
            row.exceptHosts.emplace_back(deny->host);
        }
    });
    std::ranges::sort(row.exceptHosts);
    const auto twice = std::ranges::unique(row.exceptHosts);
    row.exceptHosts.erase(twice.begin(), twice.end());
    return isLeft;
}

/// Whom a DENY names is no part of everybody; where it speaks of some hosts only, it leaves them a row of their own.
void setApart(WhoMay& everybody, const Gathered& gathered, std::vector<WhoMay>& rows) {
    for (const auto& [principal, list] : gathered.denies) {
        if (principal == kAnyPrincipal) {
            continue;
        }
        everybody.exceptPrincipals.push_back(principal);
        WhoMay row{principal, everybody.host, everybody.by, {}, {}, nullptr};
        if (lessDenied(row, gathered)) {
            rows.push_back(std::move(row));
        }
    }
    std::ranges::sort(everybody.exceptPrincipals);
}

/// Rows of one principal and host become one.
void merge(std::vector<WhoMay>& rows) {
    const auto key = [](const WhoMay& row) { return std::pair(row.principal, row.host); };
    std::ranges::stable_sort(rows, {}, key);
    std::vector<WhoMay> merged;
    for (auto& row : rows) {
        if (!merged.empty() && key(merged.back()) == key(row)) {
            merged.back().by.insert(merged.back().by.end(), row.by.begin(), row.by.end());
        } else {
            merged.push_back(std::move(row));
        }
    }
    rows = std::move(merged);
}

} // namespace

WhoMayAnswer whoMay(const AclTable& table, Operation operation, ResourceKind kind, std::string_view resource) {
    const auto covering = table.covering(kind, resource);
    WhoMayAnswer answer;
    answer.everybodyBySetting = covering.empty() && table.rules().allowIfNone;
    const Gathered gathered(covering, operation);
    for (auto at = gathered.allows.begin(); at != gathered.allows.end();) {
        WhoMay row{(*at)->principal, (*at)->host, {}, {}, {}, nullptr};
        for (; at != gathered.allows.end() && (*at)->principal == row.principal && (*at)->host == row.host; ++at) {
            row.by.push_back(*at);
        }
        if (!gathered.denies.empty()) {
            if (!lessDenied(row, gathered)) {
                continue;
            }
            if (row.principal == kAnyPrincipal) {
                setApart(row, gathered, answer.rows);
            }
        }
        answer.rows.push_back(std::move(row));
    }
    if (!gathered.denies.empty()) {
        merge(answer.rows);
    }
    for (auto& row : answer.rows) {
        forEachOf(gathered.describeDenies, row.principal, [&](const AclBinding* deny) {
            if (deny->host == kAnyHost || deny->host == row.host) {
                row.shutOutBy = deny;
            }
        });
    }
    return answer;
}

} // namespace meshbone::catalog
