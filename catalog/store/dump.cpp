// SPDX-License-Identifier: Apache-2.0
#include "store/tables.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace meshbone::catalog {
namespace {

struct Table {
    const char* name;
    const char* key;
};
// Order and keys are part of the format: two programs that dump one ledger give the same bytes.
constexpr std::array<Table, 21> kTables{{{"entry", "number"},
                                         {"person", "id"},
                                         {"person_key", "person, position"},
                                         {"team", "id"},
                                         {"team_member", "team, person"},
                                         {"domain", "id"},
                                         {"product", "id"},
                                         {"port", "product, direction, topic"},
                                         {"topic", "topic"},
                                         {"access_roles", "id"},
                                         {"principal", "principal"},
                                         {"classified", "product, subject"},
                                         {"policy", "id"},
                                         {"access_request", "id"},
                                         {"access_grant", "id"},
                                         {"binding_record", "binding"},
                                         {"binding_returns", "binding"},
                                         {"campaign", "id"},
                                         {"contract", "product, subject"},
                                         {"gone", "kind, id"},
                                         {"entry_about", "kind, name, number"}}};

/// Printable ASCII stays, everything else becomes \xNN: one spelling for every sequence of bytes.
void appendQuoted(std::string& out, std::string_view bytes) {
    out += '"';
    for (const char c : bytes) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c >= 0x20 && c < 0x7f) {
            out += c;
        } else {
            fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
        }
    }
    out += '"';
}

void appendRow(std::string& out, const char* table, SQLite::Statement& row) {
    out += table;
    for (int column = 0; column < row.getColumnCount(); ++column) {
        const SQLite::Column value = row.getColumn(column);
        out += ' ';
        out += value.getName();
        out += '=';
        if (value.isInteger()) {
            out += std::to_string(value.getInt64());
        } else {
            appendQuoted(out, value.getString());
        }
    }
    out += '\n';
}

} // namespace

std::string dumpTables(Database& database) {
    std::string out = "meshbone catalog 1\n";
    for (const Table& table : kTables) {
        SQLite::Statement& rows = database.prepared(fmt::format("SELECT * FROM {} ORDER BY {}", table.name, table.key));
        while (rows.executeStep()) {
            appendRow(out, table.name, rows);
        }
    }
    return out;
}

} // namespace meshbone::catalog
