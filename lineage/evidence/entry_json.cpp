// SPDX-License-Identifier: Apache-2.0
// The record's format, both directions. Keys are in lineage/README.md.
#include "evidence/counts_json.h"
#include "evidence/entry.h"
#include "evidence/fields.h"
#include "evidence/names.h"

#include <array>
#include <limits>

namespace meshbone::lineage {

namespace {
constexpr int kVersion = 1;
constexpr std::array<std::string_view, 3> kKinds{"observed", "group", "observer"};

std::string text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json spansJson(const Spans& spans) {
    auto out = Json::array();
    for (const auto& span : spans) {
        out.push_back({span.fromMs, span.toMs});
    }
    return out;
}

void putObserved(Json& json, const Entry& entry) {
    const auto& client = entry.tuple.client;
    json["client"] = {{"principal", client.principal},
                      {"host", client.host},
                      {"clientId", client.clientId},
                      {"software", client.softwareName},
                      {"softwareVersion", client.softwareVersion}};
    json["api"] = entry.tuple.apiKey;
    json["operation"] = formatName(entry.tuple.operation);
    json["resourceKind"] = formatName(entry.tuple.resourceKind);
    json["resource"] = entry.tuple.resource;
    json["granted"] = entry.tuple.granted;
}

void putGroup(Json& json, const Entry& entry) {
    json["group"] = entry.group;
    json["client"] = {{"clientId", entry.tuple.client.clientId}, {"host", entry.tuple.client.host}};
    json["resource"] = entry.tuple.resource;
}

void readObserved(Fields& fields, Entry& entry) {
    Fields client(fields.object("client"));
    entry.tuple.client = {client.string("principal"), client.string("host"), client.string("clientId"),
                          client.string("software"), client.string("softwareVersion")};
    if (!client.firstWrong().empty()) {
        fields.wrong("client." + client.firstWrong());
    }
    const auto api = fields.count("api");
    const auto operation = operationFrom(fields.string("operation"));
    const auto kind = resourceKindFrom(fields.string("resourceKind"));
    if (api > std::numeric_limits<std::int16_t>::max() || !operation || !kind) {
        return fields.wrong("api, operation or resourceKind");
    }
    entry.tuple.apiKey = static_cast<std::int16_t>(api);
    entry.tuple.operation = *operation;
    entry.tuple.resourceKind = *kind;
    entry.tuple.resource = fields.string("resource");
    entry.tuple.granted = fields.boolean("granted", true);
}

void readGroup(Fields& fields, Entry& entry) {
    Fields client(fields.object("client"));
    entry.group = fields.string("group");
    entry.tuple.client.clientId = client.string("clientId");
    entry.tuple.client.host = client.string("host");
    entry.tuple.resource = fields.string("resource");
    entry.tuple.operation = backbone::Operation::Read;
    if (!client.firstWrong().empty()) {
        fields.wrong("client." + client.firstWrong());
    }
}

void readSights(Fields& fields, Entry& entry) {
    for (const auto& [from, to] : fields.pairs("spans", kMaxSpans)) {
        entry.spans.push_back({from, to});
    }
    if (entry.spans.empty() || !wellFormed(entry.spans)) {
        fields.wrong("spans");
    }
    Fields interval(fields.object("interval"));
    entry.fromMs = interval.count("fromMs");
    entry.toMs = interval.count("toMs");
    if (!interval.firstWrong().empty()) {
        fields.wrong("interval." + interval.firstWrong());
    }
}

void readTotals(Fields& fields, Entry& entry) {
    Fields total(fields.object("total"));
    entry.total = {total.count("requests"), total.count("records"), total.count("bytes")};
    if (!total.firstWrong().empty()) {
        fields.wrong("total." + total.firstWrong());
    }
    for (const auto& [at, records] : fields.pairs("recent", kMaxRatePoints)) {
        if (!entry.recent.empty() && (at <= entry.recent.back().atMs || records < entry.recent.back().records)) {
            return fields.wrong("recent");
        }
        entry.recent.push_back({at, records});
    }
}

/// There since Meshbone keeps hours: without it, nobody knows when the requests were.
void readCounts(Fields& fields, const Json& json, Entry& entry) {
    const auto at = json.find("counts");
    if (at == json.end() || entry.kind != EntryKind::Observed) {
        return;
    }
    auto counts = countsOf(*at);
    if (!counts || counts->sum() > entry.total.requests) {
        return fields.wrong("counts");
    }
    entry.counts = std::move(*counts);
}
} // namespace

std::string entryKey(const Entry& entry) {
    auto key = Json::array({kKinds.at(static_cast<std::size_t>(entry.kind)), entry.observer});
    const auto& t = entry.tuple;
    if (entry.kind == EntryKind::Observed) {
        for (const auto& part :
             {t.client.principal, t.client.host, t.client.clientId, t.client.softwareName, t.client.softwareVersion}) {
            key.push_back(part);
        }
        key.push_back(t.apiKey);
        key.push_back(formatName(t.operation));
        key.push_back(formatName(t.resourceKind));
        key.push_back(t.resource);
        key.push_back(t.granted);
    } else if (entry.kind == EntryKind::Group) {
        key.push_back(entry.group);
        key.push_back(t.client.clientId);
        key.push_back(t.resource);
    }
    return text(key);
}

std::string entryJson(const Entry& entry) {
    Json json;
    json["v"] = kVersion;
    json["evidence"] = kKinds.at(static_cast<std::size_t>(entry.kind));
    json["observer"] = entry.observer;
    if (entry.kind == EntryKind::Observed) {
        putObserved(json, entry);
    } else if (entry.kind == EntryKind::Group) {
        putGroup(json, entry);
    }
    json["internal"] = entry.internal;
    json["interval"] = {{"fromMs", entry.fromMs}, {"toMs", entry.toMs}};
    json["total"] = {
        {"requests", entry.total.requests}, {"records", entry.total.records}, {"bytes", entry.total.bytes}};
    json["spans"] = spansJson(entry.spans);
    auto recent = Json::array();
    for (const auto& point : entry.recent) {
        recent.push_back({point.atMs, point.records});
    }
    json["recent"] = std::move(recent);
    if (entry.counts != catalog::RequestCounts()) {
        json["counts"] = countsJson(entry.counts);
    }
    return text(json);
}

Result<Entry> parseEntry(std::string_view value) {
    if (value.size() > kMaxEntryBytes) {
        return fail(ErrorCode::Corrupt, "The lineage record is larger than 64 KiB.");
    }
    const auto json = Json::parse(value, nullptr, false);
    if (!json.is_object()) {
        return fail(ErrorCode::Corrupt, "The lineage record isn't a JSON object.");
    }
    Fields fields(json);
    const auto version = fields.count("v");
    const auto kind = std::ranges::find(kKinds, fields.string("evidence"));
    if (version > kVersion || (version == kVersion && kind == kKinds.end())) {
        return fail(ErrorCode::Unsupported, "The lineage record is of a kind that this version doesn't know.");
    }
    Entry entry;
    entry.kind = kind == kKinds.end() ? EntryKind::Observed : static_cast<EntryKind>(kind - kKinds.begin());
    entry.observer = fields.string("observer");
    entry.internal = fields.boolean("internal", false);
    if (entry.kind == EntryKind::Observed) {
        readObserved(fields, entry);
    } else if (entry.kind == EntryKind::Group) {
        readGroup(fields, entry);
    }
    readSights(fields, entry);
    readTotals(fields, entry);
    readCounts(fields, json, entry);
    if (version != kVersion || !fields.firstWrong().empty()) {
        return fail(ErrorCode::Corrupt,
                    "The lineage record's field '" + fields.firstWrong() + "' is missing or wrong.");
    }
    return entry;
}

} // namespace meshbone::lineage
