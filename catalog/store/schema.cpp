// SPDX-License-Identifier: Apache-2.0
#include "store/schema.h"

#include <array>

namespace meshbone::catalog {
namespace {

// Version 1. `entry` holds every entry, accepted or not; the other tables hold the state after the last of them. The
// greatest `number` is the position: an entry and its effects are written in one transaction, so no other place says
// how far the projection is, and none can disagree.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE entry (
    number    INTEGER PRIMARY KEY,
    time_ms   INTEGER NOT NULL,
    author    TEXT NOT NULL,
    act       TEXT NOT NULL,
    subject   TEXT NOT NULL,
    why       TEXT NOT NULL,
    hash      TEXT NOT NULL,
    previous  TEXT NOT NULL,
    accepted  INTEGER NOT NULL,
    code      TEXT NOT NULL,
    rejection TEXT NOT NULL,
    changes   TEXT NOT NULL,
    raw       BLOB NOT NULL
) STRICT;
CREATE INDEX entry_by_subject ON entry (subject, number);
CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person_key (
    person TEXT NOT NULL, position INTEGER NOT NULL, public_key TEXT NOT NULL, PRIMARY KEY (person, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE team (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE team_member (team TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (team, person)) STRICT, WITHOUT ROWID;
CREATE TABLE domain (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, owner TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE product (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, domain TEXT NOT NULL, owner TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE port (
    product TEXT NOT NULL, direction INTEGER NOT NULL, topic TEXT NOT NULL, description TEXT NOT NULL,
    PRIMARY KEY (product, direction, topic)
) STRICT, WITHOUT ROWID;
CREATE TABLE topic (
    topic TEXT PRIMARY KEY, description TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// Version 2. When a domain was made: the first accepted entry that put it after the last that removed it. It is found
// in the entries, so the state stays readable while the backbone is away.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE domain ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
UPDATE domain SET created = 1 + (
    SELECT MIN(put.number) FROM entry AS put
    WHERE put.subject = domain.id AND put.act = 'domain.put' AND put.accepted = 1 AND put.number > COALESCE((
        SELECT MAX(gone.number) FROM entry AS gone
        WHERE gone.subject = domain.id AND gone.act = 'domain.remove' AND gone.accepted = 1), -1));
)sql";

constexpr std::array kMigrations{Migration{1, kVersion1}, Migration{2, kVersion2}};

} // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

} // namespace meshbone::catalog
