// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_homes.h>
#include <catalog/access_names.h>

#include <algorithm>

namespace meshbone::catalog {

TopicHomes topicHomes(const Catalog& catalog, const AccessSurvey& survey) {
    std::map<std::string, Classification> products, topics;
    for (const Classified& one : catalog.classifications()) {
        (one.product ? products : topics)[one.subject] = one.level;
    }
    const auto levelIn = [](const auto& levels, const std::string& id) {
        const auto found = levels.find(id);
        return found == levels.end() ? Classification::Internal : found->second;
    };
    const auto facts = catalog.topicFacts();
    TopicHomes homes;
    for (const std::string& topic : survey.context.topics.value_or(std::set<std::string, std::less<>>{})) {
        const auto fact = facts.find(topic);
        const std::string product = fact == facts.end() ? std::string() : fact->second.product;
        const auto level = std::max(levelIn(topics, topic), levelIn(products, product));
        homes.emplace(topic, TopicHome{product, std::string(nameOf(level))});
    }
    return homes;
}

} // namespace meshbone::catalog
