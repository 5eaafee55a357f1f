// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/file_place.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

/// A document as maps, lists and texts, each with its place. Value type.
struct YamlNode {
    enum class Kind : std::uint8_t { Nothing, Text, List, Map };
    Kind kind = Kind::Nothing; ///< Nothing: "key:" and no more, or null
    std::string text;
    std::vector<YamlNode> items; ///< of a list; of a map: its values
    std::vector<std::string> keys;
    std::vector<FilePlace> keyPlaces;
    FilePlace at;
    std::size_t byte = 0;  ///< where in the text it begins
    bool isPlain = false;  ///< a text without quotes, block or tag: a reader may take it for a number or a truth
    bool isCopied = false; ///< an alias put it here: its place is the anchor's
    /// The value of that key; null if there is none or this is no map.
    [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

/// What a document may be.
struct YamlRules {
    std::size_t maxBytes = 16U << 20U;
    std::size_t maxDepth = 12;
    std::size_t maxNodes = 16U << 20U; ///< what anchors and aliases repeat counted by its size
    bool takesAnchors = false;         ///< and aliases; one that would contain itself is refused
    bool takesTags = false;            ///< those of YAML's own texts, maps and lists
};

/// Reads one document. Keys that aren't texts or are there twice, a second document and what the rules don't take are
/// refused.
std::expected<YamlNode, FileProblem> readYaml(std::string_view text, const YamlRules& rules = {});

} // namespace meshbone::catalog
