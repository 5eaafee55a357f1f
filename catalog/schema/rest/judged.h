// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/judgement.h"
#include "schema/rest/rest_call.h"

namespace meshbone::catalog {

/// Runs what parses or compares the schema of a call off the thread that serves all.
inline void checkLater(const RestContext& context, const std::shared_ptr<RestCall>& call, CheckPool::Task task) {
    context.checks->run(std::move(task), [call](const RegistryError& error) { call->answer(error); });
}

/// What `decide` says of the registry as it is, its verdict found without holding the registry's lock: decides anew
/// after each comparison, a few times where the subject changes meanwhile.
template <class Decide>
auto judged(const RestContext& context, Judgement& judgement, const Decide& decide) {
    constexpr int kMostRounds = 3;
    auto decided = context.service.registry().read(decide);
    for (int i = 0; i < kMostRounds && judgement.isPending(); ++i) {
        judgement.judge();
        decided = context.service.registry().read(decide);
    }
    return decided;
}

/// Decides a call that makes a new version as far as can be done beside the others, and then, with the same verdict, in
/// its turn at the writer's. `decide` is called with the state, the cache and the judgement, `answer` with what it said
/// in the end. What is there already, or refused, needs no turn.
template <class Decide, class Answer>
void judgeThenChange(const RestContext& context, const std::shared_ptr<RestCall>& call, Decide decide, Answer answer) {
    checkLater(context, call, [&context, decide = std::move(decide), answer = std::move(answer)]() mutable {
        const auto judgement = std::make_shared<Judgement>(Judgement::When::Later);
        const auto known = judged(context, *judgement, [&](const RegistryState& state) {
            return decide(state, context.service.cache(), *judgement);
        });
        if (!known || !known->isNew) {
            return answer(known, *judgement);
        }
        judgement->setAtOnce(); // a version that came meanwhile is compared there, within the time that is left
        context.service.change<Registered>(
            [decide, judgement](const RegistryState& state, ParsedCache& cache) {
                return decide(state, cache, *judgement);
            },
            [answer, judgement](const RegistryResult<Registered>& registered) { answer(registered, *judgement); });
    });
}

} // namespace meshbone::catalog
