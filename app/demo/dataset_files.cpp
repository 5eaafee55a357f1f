// SPDX-License-Identifier: Apache-2.0
// The data files, linked into the program as they are: the demo needs no files beside it.
#include "demo/dataset.h"

#define MESHBONE_EMBED(symbol, file)                                                                                   \
    __asm__(".section .rodata\n.balign 16\n" #symbol "_begin:\n.incbin \"" MESHBONE_DEMO_DATA "/" file "\"\n" #symbol  \
            "_end:\n.previous\n");                                                                                     \
    extern "C" {                                                                                                       \
    extern const char symbol##_begin[];                                                                                \
    extern const char symbol##_end[];                                                                                  \
    }

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
