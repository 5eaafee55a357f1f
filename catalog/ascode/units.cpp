// SPDX-License-Identifier: Apache-2.0
#include "ascode/units.h"

namespace meshbone::catalog {

void addOutputs(const Product& product, Outputs& outputs) {
    for (const Port& port : product.ports) {
        if (port.direction == PortDirection::Output) {
            outputs[port.topic] = product.id;
        }
    }
}

Outputs outputsOf(const std::vector<FileProduct>& products) {
    Outputs outputs;
    for (const FileProduct& file : products) {
        addOutputs(file.product, outputs);
    }
    return outputs;
}

std::string productOf(const FileGrant& grant, const Outputs& outputs) {
    if (!grant.product.empty()) {
        return grant.product;
    }
    std::string product;
    for (const auto* patterns : {&grant.scope.reads, &grant.scope.writes}) {
        for (const NamePattern& pattern : *patterns) {
            const auto found = outputs.find(pattern.name);
            const bool isOne = pattern.pattern == backbone::PatternType::Literal && found != outputs.end();
            if (!isOne || (!product.empty() && product != found->second)) {
                return {};
            }
            product = found->second;
        }
    }
    return product;
}

} // namespace meshbone::catalog
