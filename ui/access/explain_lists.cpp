// SPDX-License-Identifier: Apache-2.0
#include "access/explain_lists.h"

#include "access/access_words.h"
#include "widgets/format.h"
#include "widgets/free_beside.h"

#include <algorithm>
#include <set>

namespace meshbone::ui {

namespace {

template <class Names>
ChoiceItems itemsOf(const Names& names) {
    auto items = makeFreedBeside<std::vector<ChoiceItem>>();
    for (const auto& name : names) {
        items->push_back({text(name), text(name)});
    }
    return items;
}

} // namespace

ExplainLists ExplainLists::of(const DriftLook& look) {
    ExplainLists lists;
    std::set<std::string, std::less<>> names;
    for (const auto& binding : look.survey.actual->bindings()) {
        names.insert(binding.principal);
    }
    if (const auto& known = look.survey.context.principals) {
        names.insert(known->begin(), known->end());
    }
    lists.principals = itemsOf(names);
    names.erase(std::string(backbone::kAnyPrincipal));
    lists.known = itemsOf(names);
    const auto& topics = look.survey.context.topics;
    lists.topics = topics ? itemsOf(*topics) : makeFreedBeside<std::vector<ChoiceItem>>();

    Holders holders;
    for (const auto& grant : look.survey.agreed.grants) {
        holders.emplace_back(grant.principal, grant.id);
    }
    std::ranges::sort(holders);
    auto grants = makeFreedBeside<std::vector<ChoiceItem>>();
    for (const auto& [principal, id] : holders) {
        grants->push_back({QStringLiteral("%1, %2").arg(shortPrincipal(principal), text(id)), text(id)});
    }
    lists.grants = std::move(grants);
    lists.m_holders = makeFreedBeside<Holders>(std::move(holders));
    return lists;
}

QString ExplainLists::firstGrantOf(const std::string& principal) const {
    if (m_holders == nullptr) {
        return {};
    }
    const auto found = std::ranges::lower_bound(*m_holders, principal, {}, &Holders::value_type::first);
    return found == m_holders->end() || found->first != principal ? QString() : text(found->second);
}

} // namespace meshbone::ui
