// SPDX-License-Identifier: Apache-2.0
#include "schema/json/node.h"

#include <algorithm>

namespace meshbone::catalog::jsonschema {

TextPlace Document::placeAt(std::size_t byte) const {
    const auto after = std::ranges::upper_bound(lines, byte);
    const auto line = static_cast<std::size_t>(after - lines.begin());
    return {static_cast<int>(line), static_cast<int>(byte - lines[line - 1]) + 1};
}

TextPlace placeOfNode(const Node& node) {
    return node.document->name.empty() ? node.document->placeAt(node.value->at) : TextPlace();
}

TextPlace placeOfKeyword(const Node& node, std::string_view keyword) {
    const auto index = node.value->indexOf(keyword);
    if (index < 0 || !node.document->name.empty()) {
        return placeOfNode(node);
    }
    return node.document->placeAt(node.value->members->places[static_cast<std::size_t>(index)]);
}

std::string_view textOf(const Node& node, std::string_view keyword) {
    const Value* value = keywordOf(node, keyword);
    return value != nullptr && value->isString() ? std::string_view(value->text) : std::string_view();
}

std::string pointerOf(const Node& node) {
    std::vector<const std::string*> pieces;
    for (const Node* at = &node; at != nullptr; at = at->parent) {
        pieces.push_back(&at->piece);
    }
    std::string out;
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
        out += **piece;
    }
    return out;
}

std::string locationOf(const Node& node) {
    return node.document->name + "#" + pointerOf(node);
}

} // namespace meshbone::catalog::jsonschema
