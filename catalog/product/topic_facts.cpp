// SPDX-License-Identifier: Apache-2.0
#include "product/topic_facts.h"

namespace meshbone::catalog {

std::map<std::string, TopicFacts> topicFactsOf(const Mesh& mesh) {
    std::map<std::string, TopicFacts> facts;
    for (const auto& [topic, note] : mesh.topics.items()) {
        facts.emplace_hint(facts.end(), topic, TopicFacts{topic, note->description, {}, {}, {}, note->revision});
    }
    for (const auto& [topic, productId] : mesh.outputs.items()) {
        TopicFacts& fact = facts[topic];
        fact.topic = topic;
        if (const Product* product = mesh.products.find(*productId)) {
            fact.product = product->id;
            fact.domain = product->domain;
            fact.owner = product->owner;
            // The description of the topic itself wins; the port's is the next best word on it.
            for (const Port& port : product->ports) {
                if (fact.description.empty() && port.direction == PortDirection::Output && port.topic == topic) {
                    fact.description = port.description;
                }
            }
        }
    }
    return facts;
}

} // namespace meshbone::catalog
