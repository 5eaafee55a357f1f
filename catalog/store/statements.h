// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"

namespace meshbone::catalog {

/// Runs one statement with its parameters in order.
template <class... Values>
void run(Database& database, const char* sql, const Values&... values) {
    SQLite::Statement& statement = database.prepared(sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    database.step(sql);
    statement.exec();
}

} // namespace meshbone::catalog
