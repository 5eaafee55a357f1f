// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "yaml/yaml_tree.h"

#include <catalog/contract.h>

#include <optional>
#include <string>

namespace meshbone::catalog {

// A contract's text as a tree, and its texts as values. Within contract/ only.

/// Anchors are read: others write them. Everything is bounded.
std::expected<YamlNode, FileProblem> readContractYaml(std::string_view text);

/// What a plain text stands for by YAML's core schema; a quoted one is always a text.
enum class PlainKind : std::uint8_t { Text, Number, True, False, Nothing };
PlainKind plainKind(const YamlNode& node);
/// The number as JSON writes it; only of PlainKind::Number.
std::string jsonNumber(std::string_view text);
/// The tree as JSON, keys in their order; what isn't a number in JSON (".inf") as a text.
std::string jsonOf(const YamlNode& node);

/// A value of a map, with what is asked for where it isn't there or is of another kind.
std::string textIn(const YamlNode& map, std::string_view key);
bool flagIn(const YamlNode& map, std::string_view key);
/// The maps of a list; empty where it is none.
std::vector<const YamlNode*> mapsIn(const YamlNode& map, std::string_view key);

} // namespace meshbone::catalog
