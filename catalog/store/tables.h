// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"
#include "store/projection_store.h"

namespace meshbone::catalog {

// What the files of store/ do for ProjectionStore. All throw SQLite::Exception.

/// Writes one effect into the tables of the state.
void writeEffect(Database& database, const Effect& effect);
/// The row of a thing of access; its lists are JSON in it.
void writeRow(Database& database, const AccessRoles& roles);
void writeRow(Database& database, const Principal& principal);
void writeRow(Database& database, const Classified& classified);
void writeRow(Database& database, const Policy& policy);
void writeRow(Database& database, const AccessRequest& request);
void writeRow(Database& database, const Grant& grant);
void writeRow(Database& database, const BindingRecord& record);
void writeRow(Database& database, const BindingReturns& returns);
void writeRow(Database& database, const Campaign& campaign);
/// Reads the tables of the state.
Mesh readMesh(Database& database);
void readAccess(Database& database, Mesh& mesh);

void insertEntry(Database& database, const JudgedEntry& judged);
StoreHead readHead(Database& database);
std::optional<StoredEntry> readEntry(Database& database, std::int64_t number);
std::optional<LedgerEntry> readLastChange(Database& database, Kind kind, const std::string& subject,
                                          std::int64_t before);
std::optional<std::int64_t> readNumberOf(Database& database, const std::string& subject, const std::string& bytes);
LedgerPage readPage(Database& database, const LedgerQuery& query);
std::vector<ChainLink> readLinks(Database& database, std::int64_t from, std::size_t limit);
std::vector<RawEntry> readRawEntries(Database& database, std::int64_t from, std::size_t limit);
std::vector<EntryTime> readAcceptedTimes(Database& database);
std::vector<std::int64_t> readMatching(Database& database, const LedgerQuery& query);

// What entries are about.
void insertAbout(Database& database, const AboutRow& row);
bool lacksAboutRows(Database& database);
std::vector<std::string> readTopicsOf(Database& database, const std::string& product);
/// Names for the conditions on entry_about, as JSON lists.
struct AboutNames {
    std::string topics, prefixes, products, parts;
};
/// What has to do with a topic: its name, the prefixes that cover it, the products that offered it.
AboutNames namesOfTopic(Database& database, const std::string& topic);
/// What has to do with a product: the topics that it offered and the prefixes that cover them, and the product.
AboutNames namesOfProduct(Database& database, const std::string& product);

std::string dumpTables(Database& database);

} // namespace meshbone::catalog
