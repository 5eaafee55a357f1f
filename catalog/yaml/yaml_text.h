// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

/// Lines of a file, without line ends.
using Lines = std::vector<std::string>;

/// A text on one line: plain where nobody could take it for anything else, otherwise in double quotes.
std::string yamlText(std::string_view text);
/// Adds "key: text"; a text of several lines becomes a block where that keeps every byte.
void addText(Lines& lines, std::string_view key, std::string_view text);
/// Adds a key whose map or list follows.
void addKey(Lines& lines, std::string_view key);
void addIndented(Lines& lines, const Lines& inner, std::string_view indent = "  ");

/// Adds a map as an item of a list.
void addItem(Lines& lines, const Lines& item);

} // namespace meshbone::catalog
