// SPDX-License-Identifier: Apache-2.0
#include "ascode/line_diff.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMaxCells = 4'000'000; ///< of the table; 2,000 lines against 2,000

/// Of the lines from i and from j on, how many they have in common at most.
class Common {
public:
    Common(const Lines& one, const Lines& other)
        : m_columns(other.size() + 1)
        , m_cells((one.size() + 1) * m_columns) {
        for (std::size_t i = one.size(); i-- > 0;) {
            for (std::size_t j = other.size(); j-- > 0;) {
                cell(i, j) = one[i] == other[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
            }
        }
    }
    [[nodiscard]] std::uint32_t at(std::size_t i, std::size_t j) const { return m_cells[i * m_columns + j]; }

private:
    std::uint32_t& cell(std::size_t i, std::size_t j) { return m_cells[i * m_columns + j]; }
    std::size_t m_columns;
    std::vector<std::uint32_t> m_cells;
};

} // namespace

std::vector<DiffLine> differenceOf(const Lines& before, const Lines& after) {
    std::vector<DiffLine> lines;
    std::size_t i = 0, j = 0;
    if ((before.size() + 1) * (after.size() + 1) <= kMaxCells) {
        const Common common(before, after);
        while (i < before.size() && j < after.size()) {
            if (before[i] == after[j]) {
                lines.push_back({' ', before[i]});
                ++i, ++j;
            } else if (common.at(i + 1, j) >= common.at(i, j + 1)) {
                lines.push_back({'-', before[i++]});
            } else {
                lines.push_back({'+', after[j++]});
            }
        }
    }
    for (; i < before.size(); ++i) {
        lines.push_back({'-', before[i]});
    }
    for (; j < after.size(); ++j) {
        lines.push_back({'+', after[j]});
    }
    return lines;
}

} // namespace meshbone::catalog
