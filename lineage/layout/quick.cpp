// SPDX-License-Identifier: Apache-2.0
#include "layout/sketch.h"

namespace meshbone::lineage {

LayoutResult quickLayout(const LayoutInput& input) {
    auto sketch = Sketch::from(input);
    if (sketch.anyPlaced()) {
        auto groups = placeNew(sketch);
        return resultOf(sketch, std::move(groups));
    }
    placeAll(sketch);
    return resultOf(sketch, groupsOf(sketch));
}

} // namespace meshbone::lineage
