// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

#include <compare>
#include <string>
#include <vector>

namespace meshbone::catalog {

/// What an entry is about, for finding it.
struct About {
    /// Their order is stored.
    enum class Kind : std::uint8_t {
        Topic,
        Prefix,  ///< all topics whose names begin so; empty: all topics
        Offer,   ///< a topic that the product of the same entry offers
        Product, ///< the product as a whole
        Part,    ///< something of the product: a port, access to it
    };
    Kind kind = Kind::Topic;
    std::string name;
    friend auto operator<=>(const About&, const About&) = default;
};

/// What a command is about in the mesh before it, and what its effects are about. Sorted, none twice. Pure.
std::vector<About> aboutOf(const Mesh& before, const Command& command, const std::vector<Effect>& effects);

} // namespace meshbone::catalog
