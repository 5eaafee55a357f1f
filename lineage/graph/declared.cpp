// SPDX-License-Identifier: Apache-2.0
// The catalog's ports as edges. A product is the client that writes its output topics, where that is clear; otherwise
// it has a node of its own.
#include "graph/draft.h"

#include <optional>

namespace meshbone::lineage {

namespace {
constexpr auto kDeclared = static_cast<std::uint8_t>(1u << static_cast<unsigned>(Evidence::Declared));

using Writers = std::map<std::string, std::set<std::string>>; // topic -> keys of the clients that were seen to write it

Writers writersOf(const Draft& draft, const std::set<std::string>& topics) {
    Writers writers;
    for (const auto& [key, edge] : draft.edges) {
        if (isTopicKey(key.to) && topics.contains(nameOf(key.to))) {
            writers[nameOf(key.to)].insert(key.from);
        }
    }
    return writers;
}

struct ProductPorts {
    std::string owner;
    std::set<std::string> inputs, outputs;
};

/// The client of a product: one named like it or like its owner, or the only one that writes all that it offers.
std::optional<std::string> clientOf(const Draft& draft, const std::string& product, const ProductPorts& ports,
                                    const Writers& writers) {
    for (const auto& name : {product, ports.owner}) {
        if (draft.clients.contains(clientKey(name))) {
            return clientKey(name);
        }
    }
    std::set<std::string> all;
    for (const auto& topic : ports.outputs) {
        const auto at = writers.find(topic);
        if (at != writers.end()) {
            all.insert(at->second.begin(), at->second.end());
        }
    }
    return all.size() == 1 ? std::optional(*all.begin()) : std::nullopt;
}

void declare(Draft& draft, const EdgeKey& key) {
    auto& edge = draft.edges[key];
    edge.evidence |= kDeclared;
    edge.life = {{0, kStillThere}}; // the catalog doesn't say since when
}
} // namespace

void addDeclared(Draft& draft, const CatalogFacts& catalog) {
    std::map<std::string, ProductPorts> products;
    std::set<std::string> offered;
    for (const auto& port : catalog.ports) {
        auto& product = products[port.product];
        product.owner = port.owner;
        (port.input ? product.inputs : product.outputs).insert(port.topic);
        if (!port.input) {
            offered.insert(port.topic);
        }
    }
    auto writers = writersOf(draft, offered);
    for (const auto& [name, ports] : products) {
        const auto known = clientOf(draft, name, ports, writers);
        const auto client = known.value_or(clientKey(name));
        for (const auto& topic : ports.inputs) {
            declare(draft, {topicKey(topic), client});
            draft.clients[client].products.insert(name);
        }
        for (const auto& topic : ports.outputs) {
            if (writers[topic].contains(client) || writers[topic].empty()) {
                declare(draft, {client, topicKey(topic)});
                draft.clients[client].products.insert(name);
            }
        }
    }
}

} // namespace meshbone::lineage
