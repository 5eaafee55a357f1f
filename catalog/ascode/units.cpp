// SPDX-License-Identifier: Apache-2.0
#include "ascode/units.h"

namespace meshbone::catalog {

Outputs outputsOf(const std::vector<FileProduct>& products) {
    Outputs outputs;
    for (const FileProduct& file : products) {
        for (const Port& port : file.product.ports) {
            if (port.direction == PortDirection::Output) {
                outputs[port.topic] = file.product.id;
            }
        }
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
