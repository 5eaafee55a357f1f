// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_asking.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using backbone::AclBinding;

const BindingRecord* adopted(std::span<const BindingRecord> records, const AclBinding& binding) {
    const auto found = std::ranges::find(records, binding, &BindingRecord::binding);
    return found != records.end() && found->standing == BindingStanding::Adopted ? &*found : nullptr;
}

} // namespace

bool isAskingOpen(std::span<const BindingRecord> records) {
    return std::ranges::all_of(askingBindings(),
                               [&](const auto& binding) { return adopted(records, binding) != nullptr; });
}

std::string askingEffect() {
    return "Each user of the backbone may read the whole ledger: what is governed, who asked for what and why, who "
           "decided, and every name in it. Each may leave signed requests in _meshbone.requests; what counts is "
           "judged by the ledger, so deciding stays with owners and admins.";
}

std::vector<Submission> openAsking(std::span<const BindingRecord> records, const std::string& owner,
                                   const std::string& why) {
    std::vector<Submission> said;
    for (const auto& binding : askingBindings()) {
        if (adopted(records, binding) == nullptr) {
            said.push_back({MarkBinding{binding, BindingStanding::Adopted, false, owner, kNoEnd}, why, {}});
        }
    }
    return said;
}

std::vector<Submission> closeAsking(std::span<const BindingRecord> records, const std::string& why) {
    std::vector<Submission> said;
    for (const auto& binding : askingBindings()) {
        if (const auto* record = adopted(records, binding)) {
            said.push_back({MarkBinding{binding, BindingStanding::Retired, false, record->team, kNoEnd}, why, {}});
        }
    }
    return said;
}

} // namespace meshbone::catalog
