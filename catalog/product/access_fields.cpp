// SPDX-License-Identifier: Apache-2.0
#include "product/access_scope_rules.h"
#include "product/field_changes.h"

#include <catalog/access_names.h>
#include <catalog/access_presets.h>

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

// What is empty isn't a field, so that a change shows what was said and nothing else.
void put(Fields& fields, const char* name, std::string value) {
    if (!value.empty()) {
        fields[name] = std::move(value);
    }
}
void putTime(Fields& fields, const char* name, TimestampMs timeMs) {
    put(fields, name, timeMs == kNoEnd ? std::string() : std::to_string(timeMs));
}
void putNumber(Fields& fields, const char* name, std::int64_t number) {
    put(fields, name, number == 0 ? std::string() : std::to_string(number));
}

void putScope(Fields& fields, const AccessScope& scope) {
    put(fields, "principal", scope.principal);
    put(fields, "host", scope.host);
    put(fields, "role", std::string(roleName(scope.role)));
    put(fields, "reads", shown(scope.reads));
    put(fields, "writes", shown(scope.writes));
    put(fields, "group", shownPattern(scope.group));
    put(fields, "transactional id", shownPattern(scope.transactionalId));
}

void putDecisions(Fields& fields, const std::vector<AccessDecision>& decisions) {
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        const AccessDecision& one = decisions[i];
        std::string text = fmt::format("{} by {}", one.approved ? "approved" : "declined", one.person);
        text += one.reason.empty() ? "" : ": " + one.reason;
        text += one.conditions.empty() ? "" : " (on condition: " + one.conditions + ")";
        fields[fmt::format("decision {}", i + 1)] = std::move(text);
    }
}

} // namespace

FieldChange renewedEnd(TimestampMs beforeMs, TimestampMs afterMs) {
    const auto shownEnd = [](TimestampMs endMs) {
        return endMs == kNoEnd ? std::nullopt : std::optional(std::to_string(endMs));
    };
    return {kRenewedEnd, shownEnd(beforeMs), shownEnd(afterMs)};
}

Fields fieldsOf(const AccessRoles* roles) {
    Fields fields;
    if (roles != nullptr) {
        put(fields, "admins", roles->admins);
        put(fields, "enforcers", roles->enforcers);
    }
    return fields;
}

Fields fieldsOf(const Principal* principal) {
    Fields fields;
    if (principal != nullptr) {
        put(fields, "name", principal->name);
        put(fields, "kind", std::string(nameOf(principal->kind)));
        put(fields, "team", principal->team);
        put(fields, "person", principal->person);
        put(fields, "disabled", principal->disabled ? "yes" : "");
    }
    return fields;
}

Fields fieldsOf(const Classified* classified) {
    Fields fields;
    if (classified != nullptr) {
        put(fields, "classification", std::string(nameOf(classified->level)));
    }
    return fields;
}

Fields fieldsOf(const Policy* policy) {
    Fields fields;
    if (policy != nullptr) {
        put(fields, "name", policy->name);
        put(fields, "reach", std::string(nameOf(policy->reach)));
        put(fields, "subject", policy->subject);
        put(fields, "approval", std::string(nameOf(policy->approval)));
        put(fields, "approvers", policy->approvers);
        putNumber(fields, "people", policy->people);
        putNumber(fields, "days at most", policy->maxDays);
        putNumber(fields, "days until lapsed", policy->lapseDays);
        put(fields, "allows everything", policy->allowsEverything ? "yes" : "");
    }
    return fields;
}

Fields fieldsOf(const AccessRequest* request) {
    Fields fields;
    if (request == nullptr) {
        return fields;
    }
    putScope(fields, request->scope);
    put(fields, "product", request->product);
    put(fields, "renews", request->renews);
    put(fields, "purpose", request->purpose);
    put(fields, "state", std::string(nameOf(request->state)));
    putTime(fields, "until", request->untilMs);
    putTime(fields, "lapses", request->lapsesMs);
    putDecisions(fields, request->decisions);
    for (std::size_t i = 0; i < request->remarks.size(); ++i) {
        const RequestRemark& remark = request->remarks[i];
        fields[fmt::format("{} {}", remark.reminder ? "reminder" : "comment", i + 1)] =
            fmt::format("{}: {}", remark.person, remark.text);
    }
    return fields;
}

Fields fieldsOf(const Grant* grant) {
    Fields fields;
    if (grant == nullptr) {
        return fields;
    }
    putScope(fields, grant->scope);
    put(fields, "product", grant->product);
    put(fields, "purpose", grant->purpose);
    put(fields, "requester", grant->requester);
    putTime(fields, "from", grant->fromMs);
    putTime(fields, "until", grant->untilMs);
    put(fields, "end", grant->endBy);
    putDecisions(fields, grant->decisions);
    put(fields, "revoked by", grant->revokedBy);
    put(fields, "revoked", grant->revoked ? "yes" : "");
    put(fields, "revoked why", grant->revokedWhy);
    put(fields, "suspended", grant->suspended ? "yes" : "");
    put(fields, "confirmed by", grant->confirmedBy);
    put(fields, "state", std::string(nameOf(grant->reported)));
    put(fields, "reason", grant->reason);
    for (const BindingResult& result : grant->results) {
        fields[backbone::describe(result.binding)] =
            std::string(nameOf(result.outcome)) + (result.reason.empty() ? "" : ": " + result.reason);
    }
    return fields;
}

Fields fieldsOf(const BindingRecord* record) {
    Fields fields;
    if (record != nullptr) {
        put(fields, "standing", std::string(nameOf(record->standing)));
        put(fields, "grant", record->grant);
        put(fields, "team", record->team);
        putTime(fields, "until", record->untilMs);
    }
    return fields;
}

Fields fieldsOf(const BindingReturns* returns) {
    Fields fields;
    if (returns != nullptr) {
        put(fields, "put back", returns->gone == 0 ? std::string() : std::to_string(returns->gone));
        put(fields, "removed", returns->removed == 0 ? std::string() : std::to_string(returns->removed));
        putTime(fields, "last", returns->lastMs);
    }
    return fields;
}

Fields fieldsOf(const Campaign* campaign) {
    Fields fields;
    if (campaign != nullptr) {
        put(fields, "name", campaign->name);
        put(fields, "product", campaign->product);
        putTime(fields, "due", campaign->dueMs);
        put(fields, "closed", campaign->closed ? "yes" : "");
        for (const CampaignItem& item : campaign->items) {
            fields["grant " + item.grant] = std::string(nameOf(item.answer)) +
                                            (item.person.empty() ? "" : " by " + item.person) +
                                            (item.reason.empty() ? "" : ": " + item.reason);
        }
    }
    return fields;
}

} // namespace meshbone::catalog
