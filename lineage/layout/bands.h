// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layout/sketch.h"

namespace meshbone::lineage {

/// The nodes of one domain (or of none), by column, each column from top to bottom.
struct Band {
    int domain = -1;
    std::vector<std::vector<int>> columns;
};

/// Orders the nodes of each column so that few edges cross: barycentre sweeps, the band's neighbours above and below
/// pulling their way. `bandOf`: position of an item's band from the top; -1: it stands beside the bands.
void orderColumns(const Sketch& sketch, const std::vector<int>& bandOf, std::vector<Band>& bands);

/// Gives the nodes of a band their y, from 0: as near to the middle of their neighbours in the band as the order and
/// the row gap allow. Returns the band's height.
double alignRows(Sketch& sketch, const Band& band, const std::vector<int>& bandOf);

/// Ascending values nearest to `wanted` in the least squares (pool adjacent violators).
std::vector<double> isotonic(const std::vector<double>& wanted);

} // namespace meshbone::lineage
