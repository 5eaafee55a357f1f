// SPDX-License-Identifier: Apache-2.0
#include "schemas/line_diff.h"

#include <algorithm>
#include <cstdint>

namespace meshbone::ui {

namespace {

constexpr qsizetype kCellsMax = 4'000'000; ///< of the table of common lines

/// What differs between two lines that are the same, block against block.
class Block {
public:
    explicit Block(std::vector<DiffRow>& rows)
        : m_rows(rows) {}
    void removed(int line) { m_removed.push_back(line); }
    void added(int line) { m_added.push_back(line); }
    void end() {
        const auto count = std::max(m_removed.size(), m_added.size());
        for (std::size_t i = 0; i < count; ++i) {
            m_rows.push_back({i < m_removed.size() ? m_removed[i] : -1, i < m_added.size() ? m_added[i] : -1, false});
        }
        m_removed.clear();
        m_added.clear();
    }

private:
    std::vector<DiffRow>& m_rows;
    std::vector<int> m_removed, m_added;
};

/// Length of the longest common tail of lines from each pair of places on.
class CommonLines {
public:
    CommonLines(const QStringList& left, const QStringList& right)
        : m_columns(right.size() + 1)
        , m_lengths(static_cast<std::size_t>((left.size() + 1) * m_columns), 0) {
        for (auto i = left.size() - 1; i >= 0; --i) {
            for (auto j = right.size() - 1; j >= 0; --j) {
                cell(i, j) = left[i] == right[j] ? cell(i + 1, j + 1) + 1 : std::max(cell(i + 1, j), cell(i, j + 1));
            }
        }
    }
    std::int32_t& cell(qsizetype i, qsizetype j) { return m_lengths[static_cast<std::size_t>(i * m_columns + j)]; }

private:
    qsizetype m_columns;
    std::vector<std::int32_t> m_lengths;
};

/// The middle, which begins and ends with lines that differ.
void diffMiddle(const QStringList& left, const QStringList& right, int offset, std::vector<DiffRow>& rows) {
    Block block(rows);
    qsizetype i = 0, j = 0;
    const auto at = [offset](qsizetype line) { return static_cast<int>(line) + offset; };
    if (left.size() * right.size() <= kCellsMax) {
        CommonLines common(left, right);
        while (i < left.size() && j < right.size()) {
            if (left[i] == right[j]) {
                block.end();
                rows.push_back({at(i++), at(j++), true});
            } else if (common.cell(i + 1, j) >= common.cell(i, j + 1)) {
                block.removed(at(i++));
            } else {
                block.added(at(j++));
            }
        }
    }
    while (i < left.size()) {
        block.removed(at(i++));
    }
    while (j < right.size()) {
        block.added(at(j++));
    }
    block.end();
}

} // namespace

std::vector<DiffRow> lineDiff(const QStringList& left, const QStringList& right) {
    const auto least = std::min(left.size(), right.size());
    qsizetype head = 0, tail = 0;
    while (head < least && left[head] == right[head]) {
        ++head;
    }
    while (tail < least - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail]) {
        ++tail;
    }
    std::vector<DiffRow> rows;
    for (int i = 0; i < head; ++i) {
        rows.push_back({i, i, true});
    }
    diffMiddle(left.mid(head, left.size() - head - tail), right.mid(head, right.size() - head - tail),
               static_cast<int>(head), rows);
    for (auto i = tail; i > 0; --i) {
        rows.push_back({static_cast<int>(left.size() - i), static_cast<int>(right.size() - i), true});
    }
    return rows;
}

} // namespace meshbone::ui
