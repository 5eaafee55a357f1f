// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace meshbone::lineage {

/// Version 1. A change gets a new number and a migration; a released one is never edited.
inline constexpr const char* kSchemaV1 = R"sql(
CREATE TABLE followed (one INTEGER PRIMARY KEY CHECK (one = 1), topic_id TEXT NOT NULL, next_offset INTEGER NOT NULL);
INSERT INTO followed VALUES (1, '', 0);
CREATE TABLE node (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, observer TEXT NOT NULL,
    principal TEXT NOT NULL, host TEXT NOT NULL, client_id TEXT NOT NULL, software TEXT NOT NULL,
    software_version TEXT NOT NULL, api INTEGER NOT NULL, operation INTEGER NOT NULL, resource_kind INTEGER NOT NULL,
    resource TEXT NOT NULL, granted INTEGER NOT NULL, group_name TEXT NOT NULL, internal INTEGER NOT NULL,
    from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, requests INTEGER NOT NULL, records INTEGER NOT NULL,
    bytes INTEGER NOT NULL);
CREATE TABLE validity (
    evidence INTEGER NOT NULL REFERENCES evidence (id) ON DELETE CASCADE, from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL, PRIMARY KEY (evidence, from_ms)) WITHOUT ROWID;
CREATE TABLE rate_point (
    evidence INTEGER NOT NULL REFERENCES evidence (id) ON DELETE CASCADE, at_ms INTEGER NOT NULL,
    records INTEGER NOT NULL, PRIMARY KEY (evidence, at_ms)) WITHOUT ROWID;
)sql";

/// Version 2: when requests were made. What the topic holds of it is read from its beginning again; what is here stays
/// readable until then.
inline constexpr const char* kToVersion2 = R"sql(
ALTER TABLE evidence ADD COLUMN counts TEXT NOT NULL DEFAULT '';
UPDATE followed SET next_offset = 0;
)sql";

} // namespace meshbone::lineage
