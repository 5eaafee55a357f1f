// SPDX-License-Identifier: Apache-2.0
#include "demo/mesh_plan.h"

#include "demo/feeds.h"
#include "demo/readers.h"
#include "demo/tasks.h"

namespace meshbone::app::demo {

MeshPlan meshPlan() {
    using catalog::PortDirection;
    MeshPlan plan;
    plan.topics = {
        {"aviation.flights", 6, false, "on-time-performance",
         "Departures of U.S. carriers with their delay, as reported to the BTS."},
        {"aviation.flights.delayed", 6, false, "on-time-performance", "Departures that were 15 minutes late or more."},
        {"aviation.delays-per-airport", 6, true, "airport-delays",
         "Running average of the delay at each airport of departure."},
        {"reference.airports", 1, true, "airports", "Airports of the United States by IATA code, with their position."},
        {"seismic.quakes", 4, false, "earthquake-feed",
         "Earthquakes by the time they happened, as first reported by the USGS."},
        {"seismic.quakes.revisions", 4, false, "earthquake-feed",
         "Later revisions of earthquakes, by the time of the revision."},
        {"seismic.quakes.strong", 1, false, "earthquake-feed", "Earthquakes of magnitude 4.5 and more."},
        {"seismic.quakes-near-airports", 4, false, "quake-impact",
         "Earthquakes within 100 km of an airport, with the nearest one."},
        {"wildlife.strikes", 6, false, "wildlife-strikes", "Strikes of birds and other animals reported to the FAA."},
        {"wildlife.strikes.damage", 6, false, "wildlife-strikes", "Strikes that damaged the aircraft."},
        {"wildlife.risk-per-airport", 6, true, "wildlife-strikes",
         "Strikes and damaging strikes at each airport so far."},
    };
    plan.teams = {
        {"team-aviation", "Aviation", "Runs the flight data of the mesh.", {}},
        {"team-seismic", "Seismic", "Runs the earthquake data of the mesh.", {}},
        {"team-wildlife", "Wildlife", "Runs the wildlife strike data of the mesh.", {}},
        {"team-reference", "Reference", "Keeps the tables that others join with.", {}},
    };
    plan.domains = {
        {"aviation", "Aviation", "Flights and their delays.", "team-aviation"},
        {"seismic", "Seismic", "Earthquakes and what they may affect.", "team-seismic"},
        {"wildlife", "Wildlife", "Animals that aircraft meet.", "team-wildlife"},
        {"reference", "Reference", "Tables that change seldom.", "team-reference"},
    };
    plan.products = {
        {"on-time-performance", "On-time performance", "Every departure with its delay.", "aviation", "team-aviation"},
        {"airport-delays", "Airport delays", "How late each airport is.", "aviation", "team-aviation"},
        {"earthquake-feed", "Earthquake feed", "Earthquakes as they are reported and revised.", "seismic",
         "team-seismic"},
        {"quake-impact", "Quake impact", "Earthquakes where people fly.", "seismic", "team-seismic"},
        {"wildlife-strikes", "Wildlife strikes", "Strikes, their damage and the risk at each airport.", "wildlife",
         "team-wildlife"},
        {"airports", "Airports", "The table of airports.", "reference", "team-reference"},
    };
    // Declared, and not read by anybody yet: what a plan looks like on the picture.
    plan.inputs = {
        {"airport-delays",
         {"seismic.quakes.strong", PortDirection::Input, "To mark delays after strong earthquakes; planned."}},
    };
    return plan;
}

std::vector<std::string> clientNames() {
    std::vector<std::string> names;
    for (const auto& feed : feedPlans()) {
        names.push_back(feed.name);
    }
    for (const auto& task : taskPlans()) {
        names.push_back(task.name);
    }
    for (const auto& reader : readerPlans()) {
        names.push_back(reader.name);
    }
    return names;
}

} // namespace meshbone::app::demo
