// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace meshbone::app::demo {

/// One table of the demo's data: fields by column name. Immutable after loading; any thread.
class Table {
public:
    /// Splits tab-separated text whose first line names the columns. Views into `text`, which must live as long.
    explicit Table(std::string_view text);
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    /// The field, or an empty view when the row is shorter or the column unknown.
    [[nodiscard]] std::string_view field(std::size_t row, std::string_view column) const;

private:
    std::vector<std::string_view> m_columns;
    std::vector<std::string_view> m_rows;
};

std::string_view earthquakesText();
std::string_view flightsText();
std::string_view airportsText();
std::string_view birdstrikesText();

/// An event ready to be published: JSON value, key and event time.
struct Event {
    std::string topic;
    std::string key;
    std::string value;
    TimestampMs timeMs = -1;
};

std::vector<Event> flightEvents();     ///< by departure, local clock taken as UTC
std::vector<Event> quakeEvents();      ///< quakes and their revisions, in the order in which they became known
std::vector<Event> airportEvents();    ///< no event time of their own: that of the table's publication
std::vector<Event> birdstrikeEvents(); ///< by day, spread over it by time of day

} // namespace meshbone::app::demo
