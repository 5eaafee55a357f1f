// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_file.h>

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
};

/// Reads one document. Anchors, tags, keys that aren't texts or are there twice, and a second document are refused;
/// depth and size are bounded.
std::expected<YamlNode, FileProblem> readYaml(std::string_view text);

} // namespace meshbone::catalog
