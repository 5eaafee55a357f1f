// SPDX-License-Identifier: Apache-2.0
#include "store/statements.h"
#include "store/tables.h"

#include <nlohmann/json.hpp>

#include <set>

namespace meshbone::catalog {
namespace {

// The conditions in entry_rows.cpp have these numbers too.
static_assert(static_cast<int>(About::Kind::Topic) == 0 && static_cast<int>(About::Kind::Prefix) == 1 &&
              static_cast<int>(About::Kind::Offer) == 2 && static_cast<int>(About::Kind::Product) == 3 &&
              static_cast<int>(About::Kind::Part) == 4);

std::vector<std::string> readNames(Database& database, const char* sql, const std::string& of) {
    SQLite::Statement& rows = database.prepared(sql);
    rows.bind(1, of);
    std::vector<std::string> names;
    while (rows.executeStep()) {
        names.push_back(rows.getColumn(0).getString());
    }
    return names;
}

/// A text that isn't UTF-8 is no name of anything that is stored; it must not throw.
template <class Names>
std::string listText(const Names& names) {
    return nlohmann::json(names).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::set<std::string> prefixesOf(const std::vector<std::string>& topics) {
    std::set<std::string> prefixes;
    for (const std::string& topic : topics) {
        for (std::size_t length = 0; length <= topic.size(); ++length) {
            prefixes.insert(topic.substr(0, length));
        }
    }
    return prefixes;
}

} // namespace

void insertAbout(Database& database, const AboutRow& row) {
    run(database, "INSERT OR IGNORE INTO entry_about VALUES (?, ?, ?)", static_cast<std::int64_t>(row.about.kind),
        row.about.name, row.number);
}

bool lacksAboutRows(Database& database) {
    SQLite::Statement& row =
        database.prepared("SELECT EXISTS (SELECT 1 FROM entry) AND NOT EXISTS (SELECT 1 FROM entry_about)");
    row.executeStep();
    return row.getColumn(0).getInt() != 0;
}

std::vector<std::string> readTopicsOf(Database& database, const std::string& product) {
    return readNames(database,
                     "SELECT DISTINCT offer.name FROM entry_about AS part JOIN entry_about AS offer ON offer.kind = 2 "
                     "AND offer.number = part.number WHERE part.kind = 4 AND part.name = ?",
                     product);
}

AboutNames namesOfTopic(Database& database, const std::string& topic) {
    const auto products =
        readNames(database,
                  "SELECT DISTINCT part.name FROM entry_about AS offer JOIN entry_about AS part ON part.kind = 4 AND "
                  "part.number = offer.number WHERE offer.kind = 2 AND offer.name = ?",
                  topic);
    const std::vector<std::string> topics{topic};
    return {listText(topics), listText(prefixesOf(topics)), listText(products), "[]"};
}

AboutNames namesOfProduct(Database& database, const std::string& product) {
    const auto topics = readTopicsOf(database, product);
    const std::string itself = listText(std::vector<std::string>{product});
    return {listText(topics), listText(prefixesOf(topics)), itself, itself};
}

} // namespace meshbone::catalog
