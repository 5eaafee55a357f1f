// SPDX-License-Identifier: Apache-2.0
#include "store/schema.h"

#include "store/database.h"

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

// Version 3. Access. Lists are JSON in `body`: nobody looks into them by SQL. A projection that met entries which its
// Meshbone didn't know is emptied, because this one may know them; any other keeps what it has.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE IF NOT EXISTS access_roles (
    id TEXT PRIMARY KEY, admins TEXT NOT NULL, enforcers TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS principal (
    principal TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, team TEXT NOT NULL, person TEXT NOT NULL,
    disabled INTEGER NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS classified (
    product INTEGER NOT NULL, subject TEXT NOT NULL, level TEXT NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (product, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS policy (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS access_request (
    id TEXT PRIMARY KEY, author TEXT NOT NULL, state TEXT NOT NULL, until_ms INTEGER NOT NULL, body TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS access_grant (
    id TEXT PRIMARY KEY, product TEXT NOT NULL, until_ms INTEGER NOT NULL, revoked INTEGER NOT NULL,
    suspended INTEGER NOT NULL, reported TEXT NOT NULL, body TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS binding_record (
    binding TEXT PRIMARY KEY, body TEXT NOT NULL, standing TEXT NOT NULL, grant_id TEXT NOT NULL, team TEXT NOT NULL,
    person TEXT NOT NULL, since_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS campaign (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, product TEXT NOT NULL, opened_by TEXT NOT NULL, opened_ms INTEGER NOT NULL,
    due_ms INTEGER NOT NULL, closed INTEGER NOT NULL, items TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
DELETE FROM person WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM person_key WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM team WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM team_member WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM domain WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM product WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM port WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM topic WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM entry WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
)sql";

// Version 4. What of access is gone, and since when. A projection in which something may be gone is built anew.
constexpr const char* kVersion4 = R"sql(
CREATE TABLE IF NOT EXISTS gone (
    kind INTEGER NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
DELETE FROM person WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM person_key WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM team WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM team_member WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM domain WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM product WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM port WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM topic WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM access_roles WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM principal WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM classified WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM policy WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM access_request WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM access_grant WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM binding_record WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM campaign WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
DELETE FROM entry WHERE EXISTS (SELECT 1 FROM entry WHERE act IN (
    'principal.remove', 'policy.remove', 'access.classify', 'access.mark', 'grant.report'));
)sql";

// Version 5. What an entry is about (product/about.h), and indexes for finding entries. What the entries of an older
// file are about is filled in by whoever opens it: it is found by doing them again.
constexpr const char* kVersion5 = R"sql(
CREATE TABLE IF NOT EXISTS entry_about (
    kind INTEGER NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (kind, name, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_about_by_number ON entry_about (number, kind, name);
CREATE INDEX IF NOT EXISTS entry_by_author ON entry (author, number);
CREATE INDEX IF NOT EXISTS entry_by_act ON entry (act, number);
CREATE INDEX IF NOT EXISTS entry_times ON entry (number, time_ms, accepted);
DELETE FROM entry_about WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.number = entry_about.number);
)sql";

// Version 6. Contracts. As in version 3, a projection that met entries which its Meshbone didn't know is emptied.
constexpr const char* kVersion6 = R"sql(
CREATE TABLE IF NOT EXISTS contract (
    product INTEGER NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (product, subject)
) STRICT, WITHOUT ROWID;
DELETE FROM person WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM person_key WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM team WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM team_member WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM domain WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM product WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM port WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM topic WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM access_roles WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM principal WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM classified WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM policy WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM access_request WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM access_grant WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM binding_record WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM campaign WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM gone WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM entry_about WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
DELETE FROM entry WHERE EXISTS (SELECT 1 FROM entry WHERE code = 'unsupported');
)sql";

// What a renewal moved stands among the changes of the entry that agreed to it (version 7), and it keeps what the grant
// was bound to (version 9): a projection in which one was agreed to is built anew.
constexpr const char* kWasRenewed =
    "SELECT 1 FROM access_request WHERE state = 'approved' AND json_extract(body, '$.renews') <> ''";

// Version 8. How often others changed bindings back. It follows from what was reported and marked, so a projection that
// has entries which count is built anew; and, as in version 3, one that met entries which its Meshbone didn't know.
constexpr const char* kVersion8 = R"sql(
CREATE TABLE IF NOT EXISTS binding_returns (
    binding TEXT PRIMARY KEY, body TEXT NOT NULL, gone INTEGER NOT NULL, removed INTEGER NOT NULL,
    last_ms INTEGER NOT NULL, revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";
constexpr const char* kCountsReturns = R"sql(
SELECT 1 FROM entry WHERE code = 'unsupported'
    OR (act = 'grant.report' AND (instr(changes, 'intended') > 0 OR instr(changes, 'removed') > 0))
    OR (act = 'access.mark' AND instr(CAST(raw AS TEXT), '"release":true') > 0)
)sql";

// Version 10. What a policy approves by itself, who must agree to what a role has besides the topics that it names, and
// who may adopt a binding are decided more strictly: where anybody asked or marked, all is decided anew.
constexpr const char* kHasAsked = "SELECT 1 FROM access_request UNION ALL SELECT 1 FROM binding_record LIMIT 1";

constexpr std::array kMigrations{Migration{1, kVersion1},       Migration{2, kVersion2},
                                 Migration{3, kVersion3},       Migration{4, kVersion4},
                                 Migration{5, kVersion5},       Migration{6, kVersion6},
                                 Migration{7, "", kWasRenewed}, Migration{8, kVersion8, kCountsReturns},
                                 Migration{9, "", kWasRenewed}, Migration{10, "", kHasAsked}};

} // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

DatabaseKind catalogDatabase(std::span<const Migration> steps) {
    return {kApplicationId, "catalog", "ledger", steps};
}

} // namespace meshbone::catalog
