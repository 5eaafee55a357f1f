// SPDX-License-Identifier: Apache-2.0
#include "demo/dataset.h"
#include "demo/embed.h"

MESHBONE_EMBED(meshbone_demo_earthquakes, "earthquakes.tsv")
MESHBONE_EMBED(meshbone_demo_flights, "flights.tsv")
MESHBONE_EMBED(meshbone_demo_airports, "airports.tsv")
MESHBONE_EMBED(meshbone_demo_birdstrikes, "birdstrikes.tsv")

namespace meshbone::app::demo {

std::string_view earthquakesText() {
    return {meshbone_demo_earthquakes_begin, meshbone_demo_earthquakes_end};
}
std::string_view flightsText() {
    return {meshbone_demo_flights_begin, meshbone_demo_flights_end};
}
std::string_view airportsText() {
    return {meshbone_demo_airports_begin, meshbone_demo_airports_end};
}
std::string_view birdstrikesText() {
    return {meshbone_demo_birdstrikes_begin, meshbone_demo_birdstrikes_end};
}

} // namespace meshbone::app::demo
