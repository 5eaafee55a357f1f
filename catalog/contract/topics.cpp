// SPDX-License-Identifier: Apache-2.0
#include <catalog/contract.h>

#include <algorithm>
#include <set>

namespace meshbone::catalog {
namespace {

bool isWord(std::string_view text, std::string_view lower) {
    return std::ranges::equal(text, lower, {},
                              [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
}

/// Topics as they are found, none twice.
class FoundTopics {
public:
    void add(ContractTopic one) {
        if (!one.topic.empty() && m_names.insert(one.topic).second) {
            m_topics.push_back(std::move(one));
        }
    }
    [[nodiscard]] bool isEmpty() const { return m_topics.empty(); }
    [[nodiscard]] std::vector<ContractTopic> take() { return std::move(m_topics); }

private:
    std::vector<ContractTopic> m_topics;
    std::set<std::string> m_names;
};

std::string physicalNameOf(const ContractObject& object) {
    return object.physicalName.empty() ? object.name : object.physicalName;
}

} // namespace

std::vector<ContractTopic> topicsOf(const Contract& contract) {
    FoundTopics topics;
    const auto addObjects = [&](auto wants) {
        for (std::size_t i = 0; i < contract.objects.size(); ++i) {
            if (const ContractObject& object = contract.objects[i]; wants(object)) {
                topics.add({physicalNameOf(object), i, object.at});
            }
        }
    };
    addObjects([](const ContractObject& object) { return isWord(object.physicalType, "topic"); });
    if (!topics.isEmpty()) {
        return topics.take();
    }
    const auto isKafka = [](const ContractServer& server) { return isWord(server.type, "kafka"); };
    for (const ContractServer& server : contract.servers) {
        if (isKafka(server)) {
            // One object can only be what the topic holds; of several nobody says which.
            topics.add({server.topic, contract.objects.size() == 1 ? 0 : contract.objects.size(), server.at});
        }
    }
    if (topics.isEmpty() && !contract.servers.empty() && std::ranges::all_of(contract.servers, isKafka)) {
        addObjects([](const ContractObject&) { return true; });
    }
    return topics.take();
}

bool isBreaking(std::span<const ContractFinding> findings) {
    return std::ranges::any_of(findings, &ContractFinding::isBreaking);
}

} // namespace meshbone::catalog
