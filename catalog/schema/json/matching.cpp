// SPDX-License-Identifier: Apache-2.0
#include "schema/json/matching.h"

#include <limits>

namespace meshbone::catalog::jsonschema {

namespace {

/// Looks, breadth first, for a way from an unmatched left one to an unmatched right one, and turns its edges over. No
/// recursion: a way can be as long as there are nodes.
class Augmenter {
public:
    Augmenter(const std::vector<std::vector<std::size_t>>& edges, std::size_t rightSize)
        : m_edges(edges)
        , m_ofLeft(edges.size(), kUnmatched)
        , m_ofRight(rightSize, kUnmatched) {}

    void augment(std::size_t start) {
        std::vector<std::size_t> cameFrom(m_ofRight.size(),
                                          kUnmatched); // the left one from which a right one was reached
        std::vector<std::size_t> queue{start};
        for (std::size_t i = 0; i < queue.size(); ++i) {
            for (const std::size_t right : m_edges[queue[i]]) {
                if (cameFrom[right] != kUnmatched) {
                    continue;
                }
                cameFrom[right] = queue[i];
                if (m_ofRight[right] == kUnmatched) {
                    return turnOver(right, cameFrom);
                }
                queue.push_back(m_ofRight[right]);
            }
        }
    }
    [[nodiscard]] const std::vector<std::size_t>& result() const { return m_ofLeft; }

private:
    void turnOver(std::size_t right, const std::vector<std::size_t>& cameFrom) {
        while (right != kUnmatched) {
            const std::size_t left = cameFrom[right];
            const std::size_t before = m_ofLeft[left];
            m_ofLeft[left] = right;
            m_ofRight[right] = left;
            right = before;
        }
    }

    const std::vector<std::vector<std::size_t>>& m_edges;
    std::vector<std::size_t> m_ofLeft;
    std::vector<std::size_t> m_ofRight;
};

} // namespace

std::vector<std::size_t> largestMatching(const std::vector<std::vector<std::size_t>>& edges, std::size_t rightSize) {
    Augmenter augmenter(edges, rightSize);
    for (std::size_t left = 0; left < edges.size(); ++left) {
        augmenter.augment(left);
    }
    return augmenter.result();
}

} // namespace meshbone::catalog::jsonschema
