// SPDX-License-Identifier: Apache-2.0
// The record's format, both directions. Keys are in lineage/README.md.
#include "evidence/entry.h"
#include "evidence/names.h"

#include <nlohmann/json.hpp>

#include <array>
#include <limits>

namespace meshbone::lineage {

namespace {
using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::int64_t kMaxCount = std::int64_t{1} << 53; // sums of many stay in range, and JSON tools keep them exact
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

/// Reads fields and remembers the first that is wrong, so that a reader reads straight down.
class Fields {
public:
    explicit Fields(const Json& json)
        : m_json(json) {}

    std::string string(const char* name) {
        const auto at = m_json.find(name);
        if (at == m_json.end() || !at->is_string() || at->get_ref<const std::string&>().size() > 4 * kMaxNameBytes) {
            return wrong(name), std::string();
        }
        return at->get<std::string>();
    }
    std::int64_t count(const char* name) {
        const auto at = m_json.find(name);
        return at == m_json.end() ? (wrong(name), 0) : number(*at, name);
    }
    bool boolean(const char* name, bool missing) {
        const auto at = m_json.find(name);
        if (at == m_json.end()) {
            return missing;
        }
        return at->is_boolean() ? at->get<bool>() : (wrong(name), missing);
    }
    /// Pairs of numbers, at most `max` of them.
    std::vector<std::pair<std::int64_t, std::int64_t>> pairs(const char* name, std::size_t max) {
        std::vector<std::pair<std::int64_t, std::int64_t>> out;
        const auto at = m_json.find(name);
        if (at == m_json.end() || !at->is_array() || at->size() > max) {
            return wrong(name), out;
        }
        for (const auto& pair : *at) {
            if (!pair.is_array() || pair.size() != 2) {
                return wrong(name), out;
            }
            out.emplace_back(number(pair[0], name), number(pair[1], name));
        }
        return out;
    }
    const Json& object(const char* name) {
        static const Json kEmpty = Json::object();
        const auto at = m_json.find(name);
        return at != m_json.end() && at->is_object() ? *at : (wrong(name), kEmpty);
    }
    void wrong(const std::string& name) { m_wrong = m_wrong.empty() ? name : m_wrong; }
    [[nodiscard]] const std::string& firstWrong() const { return m_wrong; }

private:
    std::int64_t number(const Json& json, const char* name) {
        if (!json.is_number_integer()) {
            return wrong(name), 0;
        }
        if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(kMaxCount)) {
            return wrong(name), 0;
        }
        const auto value = json.get<std::int64_t>();
        return value < 0 ? (wrong(name), 0) : value;
    }

    const Json& m_json;
    std::string m_wrong;
};

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
    if (version != kVersion || !fields.firstWrong().empty()) {
        return fail(ErrorCode::Corrupt,
                    "The lineage record's field '" + fields.firstWrong() + "' is missing or wrong.");
    }
    return entry;
}

} // namespace meshbone::lineage
