// SPDX-License-Identifier: Apache-2.0
#include "store/tables.h"

#include <map>

namespace meshbone::catalog {
namespace {

/// The values of a table of (owner, value) rows, by owner, in the order of the query.
template <class Value, class Read>
std::map<std::string, std::vector<Value>> readLists(Database& database, const char* sql, Read read) {
    std::map<std::string, std::vector<Value>> lists;
    SQLite::Statement& rows = database.prepared(sql);
    while (rows.executeStep()) {
        lists[rows.getColumn(0).getString()].push_back(read(rows));
    }
    return lists;
}

std::string text(SQLite::Statement& row, int column) {
    return row.getColumn(column).getString();
}

void readPeople(Database& database, Mesh& mesh) {
    auto keys = readLists<std::string>(database, "SELECT person, public_key FROM person_key ORDER BY person, position",
                                       [](auto& row) { return text(row, 1); });
    SQLite::Statement& rows = database.prepared("SELECT id, name, revision FROM person");
    while (rows.executeStep()) {
        const std::string id = text(rows, 0);
        mesh.perform(Person{id, text(rows, 1), std::move(keys[id]), rows.getColumn(2).getInt64()});
    }
}

void readTeams(Database& database, Mesh& mesh) {
    auto people = readLists<std::string>(database, "SELECT team, person FROM team_member ORDER BY team, person",
                                         [](auto& row) { return text(row, 1); });
    SQLite::Statement& rows = database.prepared("SELECT id, name, description, revision FROM team");
    while (rows.executeStep()) {
        const std::string id = text(rows, 0);
        mesh.perform(Team{id, text(rows, 1), text(rows, 2), std::move(people[id]), rows.getColumn(3).getInt64()});
    }
}

void readDomains(Database& database, Mesh& mesh) {
    SQLite::Statement& rows = database.prepared("SELECT id, name, description, owner, revision, created FROM domain");
    while (rows.executeStep()) {
        mesh.perform(Domain{text(rows, 0), text(rows, 1), text(rows, 2), text(rows, 3), rows.getColumn(4).getInt64(),
                            rows.getColumn(5).getInt64()});
    }
}

void readProducts(Database& database, Mesh& mesh) {
    auto ports = readLists<Port>(
        database, "SELECT product, direction, topic, description FROM port ORDER BY product, direction, topic",
        [](auto& row) {
            return Port{text(row, 2), static_cast<PortDirection>(row.getColumn(1).getInt()), text(row, 3)};
        });
    SQLite::Statement& rows = database.prepared("SELECT id, name, description, domain, owner, revision FROM product");
    while (rows.executeStep()) {
        const std::string id = text(rows, 0);
        mesh.perform(Product{id, text(rows, 1), text(rows, 2), text(rows, 3), text(rows, 4), std::move(ports[id]),
                             rows.getColumn(5).getInt64()});
    }
}

void readTopics(Database& database, Mesh& mesh) {
    SQLite::Statement& rows = database.prepared("SELECT topic, description, revision FROM topic");
    while (rows.executeStep()) {
        mesh.perform(TopicNote{text(rows, 0), text(rows, 1), rows.getColumn(2).getInt64()});
    }
}

void readContracts(Database& database, Mesh& mesh) {
    SQLite::Statement& rows = database.prepared("SELECT product, subject, text, revision FROM contract");
    while (rows.executeStep()) {
        mesh.perform(AgreedContract{rows.getColumn(0).getInt() != 0, text(rows, 1), text(rows, 2),
                                    rows.getColumn(3).getInt64()});
    }
}

} // namespace

Mesh readMesh(Database& database) {
    Mesh mesh;
    readPeople(database, mesh);
    readTeams(database, mesh);
    readDomains(database, mesh);
    readProducts(database, mesh);
    readTopics(database, mesh);
    readContracts(database, mesh);
    readAccess(database, mesh);
    return mesh;
}

} // namespace meshbone::catalog
