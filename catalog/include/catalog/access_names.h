// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>

namespace meshbone::catalog {

/// The names of an enumeration's values as the ledger, JSON and the command line write them; they are stored, so one
/// that was ever written stays. (A role's is roleName() in access_presets.h.)
template <class Enum>
struct Names;

template <>
struct Names<PrincipalKind> {
    static constexpr std::array<std::string_view, 3> kAll{"service", "person", "tool"};
};
template <>
struct Names<Classification> {
    static constexpr std::array<std::string_view, 3> kAll{"internal", "confidential", "restricted"};
};
template <>
struct Names<PolicyReach> {
    static constexpr std::array<std::string_view, 5> kAll{"mesh", "domain", "product", "topic", "classification"};
};
template <>
struct Names<Approval> {
    static constexpr std::array<std::string_view, 3> kAll{"unsaid", "required", "automatic"};
};
template <>
struct Names<RequestState> {
    static constexpr std::array<std::string_view, 5> kAll{"submitted", "approved", "declined", "withdrawn", "lapsed"};
};
template <>
struct Names<GrantState> {
    static constexpr std::array<std::string_view, 11> kAll{"approved", "waiting", "applying",       "enforced",
                                                           "partly",   "unknown", "refused",        "ending",
                                                           "removing", "removed", "removal_unknown"};
};
template <>
struct Names<BindingOutcome> {
    static constexpr std::array<std::string_view, 9> kAll{"intended", "created", "present", "failed",     "unknown",
                                                          "removed",  "absent",  "kept",    "not_removed"};
};
template <>
struct Names<BindingStanding> {
    static constexpr std::array<std::string_view, 4> kAll{"created", "adopted", "ignored", "retired"};
};
template <>
struct Names<CampaignAnswer> {
    static constexpr std::array<std::string_view, 3> kAll{"open", "kept", "dropped"};
};

template <class Enum>
constexpr std::string_view nameOf(Enum value) {
    return Names<Enum>::kAll.at(static_cast<std::size_t>(value));
}
/// By that name; nothing for what isn't one.
template <class Enum>
constexpr std::optional<Enum> named(std::string_view name) {
    const auto found = std::ranges::find(Names<Enum>::kAll, name);
    if (found == Names<Enum>::kAll.end()) {
        return std::nullopt;
    }
    return static_cast<Enum>(std::distance(Names<Enum>::kAll.begin(), found));
}

} // namespace meshbone::catalog
