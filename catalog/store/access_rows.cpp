// SPDX-License-Identifier: Apache-2.0
#include "store/access_json.h"
#include "store/json_fields.h"
#include "store/statements.h"
#include "store/tables.h"

#include <nlohmann/json.hpp>

namespace meshbone::catalog {
namespace {

using nlohmann::json;

std::string body(const AccessRequest& request) {
    return json{{"scope", toJson(request.scope)},
                {"product", request.product},
                {"renews", request.renews},
                {"purpose", request.purpose},
                {"submitted", request.submittedMs},
                {"changed", request.changedMs},
                {"lapses", request.lapsesMs},
                {"beneficiaries", request.beneficiaries},
                {"remarks", listJson(request.remarks)},
                {"decisions", listJson(request.decisions)}}
        .dump();
}
void readBody(const json& from, AccessRequest& request) {
    takeObject(from, "scope", request.scope);
    take(from, "product", request.product);
    take(from, "renews", request.renews);
    take(from, "purpose", request.purpose);
    take(from, "submitted", request.submittedMs);
    take(from, "changed", request.changedMs);
    take(from, "lapses", request.lapsesMs);
    request.beneficiaries = from.at("beneficiaries").get<std::vector<std::string>>();
    takeList(from, "remarks", request.remarks);
    takeList(from, "decisions", request.decisions);
}

std::string body(const Grant& grant) {
    return json{{"scope", toJson(grant.scope)},
                {"purpose", grant.purpose},
                {"requester", grant.requester},
                {"from", grant.fromMs},
                {"endBy", grant.endBy},
                {"decisions", listJson(grant.decisions)},
                {"revokedBy", grant.revokedBy},
                {"revokedWhy", grant.revokedWhy},
                {"revokedMs", grant.revokedMs},
                {"confirmedBy", grant.confirmedBy},
                {"confirmedMs", grant.confirmedMs},
                {"reason", grant.reason},
                {"ledgerOffset", grant.ledgerOffset},
                {"reportedMs", grant.reportedMs},
                {"applied", grant.applied},
                {"results", listJson(grant.results)}}
        .dump();
}
void readBody(const json& from, Grant& grant) {
    takeObject(from, "scope", grant.scope);
    take(from, "purpose", grant.purpose);
    take(from, "requester", grant.requester);
    take(from, "from", grant.fromMs);
    take(from, "endBy", grant.endBy);
    takeList(from, "decisions", grant.decisions);
    take(from, "revokedBy", grant.revokedBy);
    take(from, "revokedWhy", grant.revokedWhy);
    take(from, "revokedMs", grant.revokedMs);
    take(from, "confirmedBy", grant.confirmedBy);
    take(from, "confirmedMs", grant.confirmedMs);
    take(from, "reason", grant.reason);
    take(from, "ledgerOffset", grant.ledgerOffset);
    take(from, "reportedMs", grant.reportedMs);
    take(from, "applied", grant.applied);
    takeList(from, "results", grant.results);
}

std::string text(SQLite::Statement& row, int column) {
    return row.getColumn(column).getString();
}
std::int64_t number(SQLite::Statement& row, int column) {
    return row.getColumn(column).getInt64();
}
template <class Enum>
Enum value(SQLite::Statement& row, int column) {
    return named<Enum>(text(row, column)).value_or(Enum{});
}
std::string nameText(auto value) {
    return std::string(nameOf(value));
}
std::int64_t flag(bool is) {
    return is ? 1 : 0;
}

/// Calls `take` with every row of a table.
template <class Take>
void each(Database& database, const char* sql, Take take) {
    SQLite::Statement& rows = database.prepared(sql);
    while (rows.executeStep()) {
        take(rows);
    }
}

void readPrincipals(Database& database, Mesh& mesh) {
    each(database, "SELECT id, admins, enforcers, revision FROM access_roles", [&](auto& row) {
        mesh.perform(AccessRoles{text(row, 1), text(row, 2), number(row, 3)});
    });
    each(database, "SELECT principal, name, kind, team, person, disabled, revision FROM principal", [&](auto& row) {
        mesh.perform(Principal{text(row, 0), text(row, 1), value<PrincipalKind>(row, 2), text(row, 3), text(row, 4),
                               number(row, 5) != 0, number(row, 6)});
    });
    each(database, "SELECT product, subject, level, revision FROM classified", [&](auto& row) {
        mesh.perform(Classified{number(row, 0) != 0, text(row, 1), value<Classification>(row, 2), number(row, 3)});
    });
    each(database, "SELECT id, body, revision FROM policy", [&](auto& row) {
        Policy policy;
        fromJson(json::parse(text(row, 1)), policy);
        policy.id = text(row, 0);
        policy.revision = number(row, 2);
        mesh.perform(policy);
    });
}

void readRequests(Database& database, Mesh& mesh) {
    each(database, "SELECT id, author, state, until_ms, body, revision FROM access_request", [&](auto& row) {
        AccessRequest request;
        readBody(json::parse(text(row, 4)), request);
        request.id = text(row, 0);
        request.author = text(row, 1);
        request.state = value<RequestState>(row, 2);
        request.untilMs = number(row, 3);
        request.revision = number(row, 5);
        mesh.perform(request);
    });
}

void readGrants(Database& database, Mesh& mesh) {
    each(database, "SELECT id, product, until_ms, revoked, suspended, reported, body, revision FROM access_grant",
         [&](auto& row) {
             Grant grant;
             readBody(json::parse(text(row, 6)), grant);
             grant.id = text(row, 0);
             grant.product = text(row, 1);
             grant.untilMs = number(row, 2);
             grant.revoked = number(row, 3) != 0;
             grant.suspended = number(row, 4) != 0;
             grant.reported = value<GrantState>(row, 5);
             grant.revision = number(row, 7);
             mesh.perform(grant);
         });
}

void readBindings(Database& database, Mesh& mesh) {
    each(database, "SELECT body, standing, grant_id, team, person, since_ms, until_ms, revision FROM binding_record",
         [&](auto& row) {
             BindingRecord record;
             fromJson(json::parse(text(row, 0)), record.binding);
             record.standing = value<BindingStanding>(row, 1);
             record.grant = text(row, 2);
             record.team = text(row, 3);
             record.person = text(row, 4);
             record.sinceMs = number(row, 5);
             record.untilMs = number(row, 6);
             record.revision = number(row, 7);
             mesh.perform(record);
         });
}

void readReturns(Database& database, Mesh& mesh) {
    each(database, "SELECT body, gone, removed, last_ms, revision FROM binding_returns", [&](auto& row) {
        BindingReturns returns{{}, number(row, 1), number(row, 2), number(row, 3), number(row, 4)};
        fromJson(json::parse(text(row, 0)), returns.binding);
        mesh.perform(returns);
    });
}

void readCampaigns(Database& database, Mesh& mesh) {
    each(database, "SELECT id, name, product, opened_by, opened_ms, due_ms, closed, items, revision FROM campaign",
         [&](auto& row) {
             Campaign campaign{text(row, 0),   text(row, 1),        text(row, 2), text(row, 3),  number(row, 4),
                               number(row, 5), number(row, 6) != 0, {},           number(row, 8)};
             const json items = json::parse(text(row, 7));
             for (const json& item : items) {
                 fromJson(item, campaign.items.emplace_back());
             }
             mesh.perform(campaign);
         });
}

} // namespace

void writeRow(Database& database, const AccessRoles& roles) {
    run(database, "INSERT OR REPLACE INTO access_roles VALUES (?, ?, ?, ?)", std::string(kRolesId), roles.admins,
        roles.enforcers, roles.revision);
}
void writeRow(Database& database, const Principal& principal) {
    run(database, "INSERT OR REPLACE INTO principal VALUES (?, ?, ?, ?, ?, ?, ?)", principal.principal, principal.name,
        nameText(principal.kind), principal.team, principal.person, flag(principal.disabled), principal.revision);
}
void writeRow(Database& database, const Classified& classified) {
    run(database, "INSERT OR REPLACE INTO classified VALUES (?, ?, ?, ?)", flag(classified.product), classified.subject,
        nameText(classified.level), classified.revision);
}
void writeRow(Database& database, const Policy& policy) {
    run(database, "INSERT OR REPLACE INTO policy VALUES (?, ?, ?)", policy.id, toJson(policy).dump(), policy.revision);
}
void writeRow(Database& database, const AccessRequest& request) {
    run(database, "INSERT OR REPLACE INTO access_request VALUES (?, ?, ?, ?, ?, ?)", request.id, request.author,
        nameText(request.state), request.untilMs, body(request), request.revision);
}
void writeRow(Database& database, const Grant& grant) {
    run(database, "INSERT OR REPLACE INTO access_grant VALUES (?, ?, ?, ?, ?, ?, ?, ?)", grant.id, grant.product,
        grant.untilMs, flag(grant.revoked), flag(grant.suspended), nameText(grant.reported), body(grant),
        grant.revision);
}
void writeRow(Database& database, const BindingRecord& record) {
    run(database, "INSERT OR REPLACE INTO binding_record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        bindingKey(record.binding), toJson(record.binding).dump(), nameText(record.standing), record.grant, record.team,
        record.person, record.sinceMs, record.untilMs, record.revision);
}
void writeRow(Database& database, const BindingReturns& returns) {
    run(database, "INSERT OR REPLACE INTO binding_returns VALUES (?, ?, ?, ?, ?, ?)", bindingKey(returns.binding),
        toJson(returns.binding).dump(), returns.gone, returns.removed, returns.lastMs, returns.revision);
}
void writeRow(Database& database, const Campaign& campaign) {
    run(database, "INSERT OR REPLACE INTO campaign VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", campaign.id, campaign.name,
        campaign.product, campaign.openedBy, campaign.openedMs, campaign.dueMs, flag(campaign.closed),
        listJson(campaign.items).dump(), campaign.revision);
}

void readAccess(Database& database, Mesh& mesh) {
    readPrincipals(database, mesh);
    readRequests(database, mesh);
    readGrants(database, mesh);
    readBindings(database, mesh);
    readReturns(database, mesh);
    readCampaigns(database, mesh);
    each(database, "SELECT kind, id, revision FROM gone",
         [&](auto& row) { mesh.gone.put(goneKey(static_cast<Kind>(number(row, 0)), text(row, 1)), number(row, 2)); });
}

} // namespace meshbone::catalog
