// SPDX-License-Identifier: Apache-2.0
#include "layout/bands.h"

#include <algorithm>
#include <numeric>

namespace meshbone::lineage {

namespace {
constexpr int kOrderSweeps = 8, kAlignSweeps = 6;
constexpr double kFar = 1e4; // how strongly another band pulls, against a place in the own column

std::size_t index(int v) {
    return static_cast<std::size_t>(v);
}

class Orderer {
public:
    Orderer(const Sketch& sketch, const std::vector<int>& bandOf, std::vector<Band>& bands)
        : m_sketch(sketch)
        , m_bandOf(bandOf)
        , m_bands(bands)
        , m_place(sketch.items.size(), 0) {
        for (const auto& band : bands) {
            std::ranges::for_each(band.columns, [this](const auto& column) { number(column); });
        }
    }

    void run() {
        for (int sweep = 0; sweep < kOrderSweeps; ++sweep) {
            const bool right = sweep % 2 == 0;
            for (auto& band : m_bands) {
                const auto count = band.columns.size();
                for (std::size_t i = 0; i < count; ++i) {
                    sort(band.columns[right ? i : count - 1 - i], right);
                }
            }
        }
    }

private:
    /// Places count from the column's middle, so that columns of different lengths compare.
    void number(const std::vector<int>& column) {
        const auto middle = (static_cast<double>(column.size()) - 1) / 2;
        for (std::size_t i = 0; i < column.size(); ++i) {
            m_place[index(column[i])] = static_cast<double>(i) - middle;
        }
    }

    void sort(std::vector<int>& column, bool right) {
        std::vector<std::pair<double, int>> keyed;
        for (const auto v : column) {
            keyed.emplace_back(wanted(v, right), v);
        }
        std::ranges::stable_sort(keyed, {}, &std::pair<double, int>::first);
        for (std::size_t i = 0; i < column.size(); ++i) {
            column[i] = keyed[i].second;
        }
        number(column);
    }

    double wanted(int v, bool right) const {
        double sum = 0;
        int count = 0;
        const auto add = [&](int w) {
            const auto mine = m_bandOf[index(v)], other = m_bandOf[index(w)];
            if (other >= 0) {
                sum += mine == other ? m_place[index(w)] : (other < mine ? -kFar : kFar);
                ++count;
            }
        };
        std::ranges::for_each(right ? m_sketch.in[index(v)] : m_sketch.out[index(v)], add);
        if (count == 0) {
            std::ranges::for_each(right ? m_sketch.out[index(v)] : m_sketch.in[index(v)], add);
        }
        return count == 0 ? m_place[index(v)] : sum / count;
    }

    const Sketch& m_sketch;
    const std::vector<int>& m_bandOf;
    std::vector<Band>& m_bands;
    std::vector<double> m_place;
};

double neighboursMiddle(const Sketch& sketch, int v, const std::vector<int>& bandOf) {
    double sum = 0;
    int count = 0;
    for (const auto* side : {&sketch.in[index(v)], &sketch.out[index(v)]}) {
        for (const auto w : *side) {
            if (bandOf[index(w)] == bandOf[index(v)]) {
                sum += sketch.items[index(w)].middle();
                ++count;
            }
        }
    }
    return count == 0 ? sketch.items[index(v)].middle() : sum / count;
}

void alignColumn(Sketch& sketch, const std::vector<int>& column, const std::vector<int>& bandOf) {
    std::vector<double> wanted, shift;
    double offset = 0;
    for (std::size_t i = 0; i < column.size(); ++i) {
        if (i > 0) {
            offset += (sketch.items[index(column[i - 1])].box.height + sketch.items[index(column[i])].box.height) / 2 +
                      kRowGap;
        }
        shift.push_back(offset);
        wanted.push_back(neighboursMiddle(sketch, column[i], bandOf) - offset);
    }
    const auto middles = isotonic(wanted);
    for (std::size_t i = 0; i < column.size(); ++i) {
        auto& box = sketch.items[index(column[i])].box;
        box.y = middles[i] + shift[i] - box.height / 2;
    }
}
} // namespace

std::vector<double> isotonic(const std::vector<double>& wanted) {
    struct Block {
        double sum;
        std::size_t count;
        [[nodiscard]] double mean() const { return sum / static_cast<double>(count); }
    };
    std::vector<Block> blocks;
    for (const auto value : wanted) {
        blocks.push_back({value, 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
            const auto last = blocks.back();
            blocks.pop_back();
            blocks.back().sum += last.sum;
            blocks.back().count += last.count;
        }
    }
    std::vector<double> out;
    for (const auto& block : blocks) {
        out.insert(out.end(), block.count, block.mean());
    }
    return out;
}

void orderColumns(const Sketch& sketch, const std::vector<int>& bandOf, std::vector<Band>& bands) {
    Orderer(sketch, bandOf, bands).run();
}

double alignRows(Sketch& sketch, const Band& band, const std::vector<int>& bandOf) {
    for (const auto& column : band.columns) { // a first stack, round the middle
        double height = column.empty() ? 0 : -kRowGap;
        for (const auto v : column) {
            height += sketch.items[index(v)].box.height + kRowGap;
        }
        double y = -height / 2;
        for (const auto v : column) {
            sketch.items[index(v)].box.y = y;
            y += sketch.items[index(v)].box.height + kRowGap;
        }
    }
    for (int sweep = 0; sweep < kAlignSweeps; ++sweep) {
        for (std::size_t i = 0; i < band.columns.size(); ++i) {
            alignColumn(sketch, band.columns[sweep % 2 == 0 ? i : band.columns.size() - 1 - i], bandOf);
        }
    }
    double top = 0, bottom = 0;
    bool first = true;
    for (const auto& column : band.columns) {
        for (const auto v : column) {
            const auto rect = sketch.items[index(v)].rect();
            top = first ? rect.top : std::min(top, rect.top);
            bottom = first ? rect.bottom : std::max(bottom, rect.bottom);
            first = false;
        }
    }
    for (const auto& column : band.columns) {
        for (const auto v : column) {
            sketch.items[index(v)].box.y -= top;
        }
    }
    return bottom - top;
}

} // namespace meshbone::lineage
