// SPDX-License-Identifier: Apache-2.0
#include "commands/text_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>

namespace meshbone::app {

namespace {

std::size_t widthOf(std::string_view text) {
    // Continuation bytes of UTF-8 take no column.
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool numeric(std::string_view cell) {
    return !cell.empty() && cell.find_first_not_of("0123456789.,-") == std::string_view::npos;
}

} // namespace

std::string printable(std::string_view bytes, std::size_t lengthMax) {
    std::string text(bytes.substr(0, lengthMax));
    if (bytes.size() > lengthMax) {
        while (!text.empty() && (static_cast<unsigned char>(bytes[text.size()]) & 0xc0) == 0x80) {
            text.pop_back();
        }
        text += "…";
    }
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '.');
    return text;
}

void TextTable::print() const {
    std::vector<std::size_t> widths;
    std::ranges::transform(m_titles, std::back_inserter(widths), widthOf);
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], widthOf(row[i]));
        }
    }
    const auto line = [&](const std::vector<std::string>& cells, bool title) {
        std::string text;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const std::string cell = i < cells.size() ? printable(cells[i], 4096) : std::string();
            const std::string gap(widths[i] - std::min(widths[i], widthOf(cell)), ' ');
            text += (!title && numeric(cell) ? gap + cell : cell + gap) + "  ";
        }
        text.erase(text.find_last_not_of(' ') + 1);
        fmt::print("{}\n", text);
    };
    line(m_titles, true);
    for (const auto& row : m_rows) {
        line(row, false);
    }
}

} // namespace meshbone::app
