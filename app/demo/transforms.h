// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/tasks.h"

namespace meshbone::app::demo {

std::unique_ptr<Transform> delayedFlights();     ///< flights that were 15 minutes late or more
std::unique_ptr<Transform> delayAverage();       ///< running average of the delay by airport of departure
std::unique_ptr<Transform> strongQuakes();       ///< magnitude 4.5 and more
std::unique_ptr<Transform> quakesNearAirports(); ///< within 100 km of an airport, with the nearest one
std::unique_ptr<Transform> damagingStrikes();    ///< strikes that damaged the aircraft
std::unique_ptr<Transform> strikeRate();         ///< strikes and damaging strikes by airport so far

/// Great-circle distance in kilometres, by the haversine formula on a sphere of 6,371 km.
double distanceKm(double latA, double lonA, double latB, double lonB);

} // namespace meshbone::app::demo
