// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_plan.h>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <ranges>

namespace meshbone::catalog {
namespace {

using namespace backbone;

bool isDeny(const AclBinding& binding) {
    return binding.permission == Permission::Deny;
}

/// A consumer without its group reads on for a while, one without its topic doesn't: so the topic goes first. A DENY
/// goes last: what it denies may be allowed by something that goes too.
int removalRank(const AclBinding& binding) {
    if (isDeny(binding)) {
        return 2;
    }
    const bool readsTopic = binding.resourceKind == ResourceKind::Topic &&
                            (binding.operation == Operation::Read || binding.operation == Operation::All);
    return readsTopic ? 0 : 1;
}

template <class Make, class From>
void cut(const std::vector<AclBinding>& all, std::size_t most, std::vector<PlanStep>& steps, From from) {
    for (std::size_t begin = 0; begin < all.size(); begin += most) {
        Make step;
        auto& list = from(step);
        for (std::size_t i = begin; i < std::min(begin + most, all.size()); ++i) {
            if constexpr (std::is_same_v<Make, RemoveStep>) {
                list.push_back(AclFilter::exactly(all[i]));
            } else {
                list.push_back(all[i]);
            }
        }
        steps.emplace_back(std::move(step));
    }
}

} // namespace

AclPlan planOf(const Wanted& wanted, const ActualAcls& actual, const OwnBindings& own,
               const std::set<AclBinding>& leftAlone) {
    AclPlan plan;
    const auto isFree = [&](const AclBinding& binding) { return !leftAlone.contains(binding); };
    // All three are sorted alike: what is on one side only, and what is on both, is found in one walk.
    std::vector<AclBinding> present;
    const auto wants = std::views::keys(wanted);
    std::ranges::set_difference(wants, actual.bindings(), std::back_inserter(plan.create));
    std::ranges::set_intersection(actual.bindings(), own, std::back_inserter(present));
    std::ranges::set_difference(present, wants, std::back_inserter(plan.remove));
    plan.managed = present.size();
    std::erase_if(plan.create, std::not_fn(isFree));
    std::erase_if(plan.remove, std::not_fn(isFree));
    std::ranges::stable_sort(plan.create, std::greater(), isDeny);
    std::ranges::stable_sort(plan.remove, {}, removalRank);
    return plan;
}

std::vector<PlanStep> stepsOf(const AclPlan& plan) {
    std::vector<PlanStep> steps;
    cut<CreateStep>(plan.create, kMaxCreationsOfRequest, steps, [](auto& step) -> auto& { return step.bindings; });
    cut<RemoveStep>(plan.remove, kMaxFiltersOfRequest, steps, [](auto& step) -> auto& { return step.filters; });
    return steps;
}

bool needsCount(std::size_t removed, std::size_t managed) {
    return removed * 10 > managed;
}
bool needsCount(const AclPlan& plan) {
    return needsCount(plan.remove.size(), plan.managed);
}

Status checkCount(const AclPlan& plan, std::optional<std::size_t> given) {
    const std::size_t removed = plan.remove.size();
    if (!needsCount(plan) || given == removed) {
        return {};
    }
    return fail(ErrorCode::InvalidArgument,
                given ? fmt::format("This removes {} of {} managed bindings, not {}. Look at the plan again.", removed,
                                    plan.managed, *given)
                      : fmt::format("This removes {} of {} managed bindings, more than a tenth. Give the count to "
                                    "confirm it.",
                                    removed, plan.managed));
}

} // namespace meshbone::catalog
