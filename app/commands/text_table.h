// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/iso_time.h>

#include <string>
#include <vector>

namespace meshbone::app {

/// A table for a terminal: columns as wide as their widest cell, numbers to the right. Cells are made printable
/// (control characters become '.'), so that a record's key can't take over the terminal.
class TextTable {
public:
    explicit TextTable(std::vector<std::string> titles)
        : m_titles(std::move(titles)) {}
    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }
    void print() const;

private:
    std::vector<std::string> m_titles;
    std::vector<std::vector<std::string>> m_rows;
};

/// The bytes with control characters replaced by '.', cut with an ellipsis after `lengthMax` bytes (at a whole UTF-8
/// character).
std::string printable(std::string_view bytes, std::size_t lengthMax);

} // namespace meshbone::app
