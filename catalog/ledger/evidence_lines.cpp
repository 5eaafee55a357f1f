// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence_lines.h"

#include "ledger/canonical_json.h"
#include "ledger/encoding.h"
#include "product/names.h"
#include "store/json_fields.h"

#include <backbone/base64.h>

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

using nlohmann::json;

void putTime(json& object, const char* key, const std::optional<TimestampMs>& timeMs) {
    if (timeMs) {
        object[key] = *timeMs;
    }
}
void putText(json& object, const char* key, const std::string& text) {
    if (!text.empty()) {
        object[key] = text;
    }
}

struct Writer {
    json operator()(const EvidenceHead& line) const {
        json object{{"kind", "evidence"},           {"version", line.version},
                    {"ledger", "_meshbone.ledger"}, {"made", line.madeMs},
                    {"maker", line.maker},          {"key", line.key},
                    {"entries", line.entries},      {"head", {{"number", line.headNumber}, {"hash", line.headHash}}}};
        putText(object, "topic", line.topic);
        putText(object, "product", line.product);
        putTime(object, "from", line.fromMs);
        putTime(object, "to", line.toMs);
        return object;
    }
    json operator()(const EvidenceEntry& line) const {
        json object{{"kind", "entry"},
                    {"number", line.number},
                    {"hash", line.hash},
                    {"accepted", line.accepted},
                    {"asked", line.asked}};
        putText(object, "undecided", line.undecided);
        if (isUtf8(line.bytes)) {
            object["entry"] = line.bytes;
        } else {
            object["base64"] = toBase64(line.bytes);
        }
        return object;
    }
    json operator()(const EvidenceLinks& line) const {
        auto links = json::array();
        for (const auto& [number, hash] : line.links) {
            links.push_back(json::array({number, hash}));
        }
        return {{"kind", "left-out"}, {"links", std::move(links)}};
    }
    json operator()(const EvidencePerson& line) const {
        return {{"kind", "person"}, {"id", line.id}, {"name", line.name}, {"keys", line.keys}};
    }
    json operator()(const EvidenceAcls& line) const {
        json object{{"kind", "acls"}};
        if (line.whyNot.empty()) {
            object["read"] = line.readMs;
            object["count"] = line.count;
        } else {
            object["unread"] = line.whyNot;
        }
        return object;
    }
    json operator()(const EvidenceAcl& line) const { return {{"kind", "acl"}, {"binding", toJson(line.binding)}}; }
    json operator()(const EvidenceSeal& line) const {
        json object{{"kind", "seal"}, {"sha256", line.sha256}, {"lines", line.lines}};
        putText(object, "signature", line.signature);
        return object;
    }
};

void takeTime(const json& from, const char* key, std::optional<TimestampMs>& to) {
    if (from.contains(key)) {
        take(from, key, to.emplace());
    }
}
void takeTexts(const json& from, const char* key, std::vector<std::string>& to) {
    const auto found = from.find(key);
    if (found == from.end() || !found->is_array()) {
        return;
    }
    for (const json& item : *found) {
        to.push_back(item.is_string() ? item.get<std::string>() : std::string());
    }
}

EvidenceHead readHead(const json& from) {
    EvidenceHead line;
    take(from, "version", line.version);
    take(from, "topic", line.topic);
    take(from, "product", line.product);
    takeTime(from, "from", line.fromMs);
    takeTime(from, "to", line.toMs);
    take(from, "made", line.madeMs);
    take(from, "maker", line.maker);
    take(from, "key", line.key);
    take(from, "entries", line.entries);
    if (const auto head = from.find("head"); head != from.end()) {
        take(*head, "number", line.headNumber);
        take(*head, "hash", line.headHash);
    }
    return line;
}

EvidenceEntry readEntry(const json& from) {
    EvidenceEntry line;
    take(from, "number", line.number);
    take(from, "hash", line.hash);
    take(from, "accepted", line.accepted);
    take(from, "asked", line.asked);
    take(from, "undecided", line.undecided);
    take(from, "entry", line.bytes);
    if (const std::string base64 = textIn(from, "base64"); !base64.empty()) {
        line.bytes = fromBase64(base64).value_or(Bytes());
    }
    return line;
}

EvidenceLinks readLinks(const json& from) {
    EvidenceLinks line;
    const auto links = from.find("links");
    if (links == from.end() || !links->is_array()) {
        return line;
    }
    for (const json& link : *links) {
        if (link.is_array() && link.size() == 2 && link[0].is_number_integer() && link[1].is_string()) {
            line.links.emplace_back(link[0].get<std::int64_t>(), link[1].get<std::string>());
        }
    }
    return line;
}

EvidenceAcls readAcls(const json& from) {
    EvidenceAcls line;
    take(from, "read", line.readMs);
    take(from, "count", line.count);
    take(from, "unread", line.whyNot);
    return line;
}

EvidenceLine readLine(const json& from, const std::string& kind) {
    if (kind == "entry") {
        return readEntry(from);
    }
    if (kind == "left-out") {
        return readLinks(from);
    }
    if (kind == "person") {
        EvidencePerson line{textIn(from, "id"), textIn(from, "name"), {}};
        takeTexts(from, "keys", line.keys);
        return line;
    }
    if (kind == "acls") {
        return readAcls(from);
    }
    if (kind == "acl") {
        EvidenceAcl line;
        takeObject(from, "binding", line.binding);
        return line;
    }
    if (kind == "seal") {
        EvidenceSeal line;
        take(from, "sha256", line.sha256);
        takeTexts(from, "lines", line.lines);
        take(from, "signature", line.signature);
        return line;
    }
    return readHead(from);
}

} // namespace

std::string lineText(const EvidenceLine& line) {
    return std::visit(Writer{}, line).dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<EvidenceLine> parseLine(std::string_view text) {
    const auto object = parseObject(text, kMaxEvidenceLine);
    if (!object) {
        return fail(ErrorCode::InvalidArgument, "It isn't a line of an evidence file: not a JSON object.");
    }
    const std::string kind = textIn(*object, "kind");
    auto line = readLine(*object, kind);
    if (const auto* head = std::get_if<EvidenceHead>(&line)) {
        if (kind != "evidence") {
            return fail(ErrorCode::InvalidArgument, "It isn't a line of an evidence file: its kind isn't known.");
        }
        if (head->version > kEvidenceVersion) {
            return fail(ErrorCode::Unsupported,
                        fmt::format("The file is of version {}, and this Meshbone knows version {}; update it.",
                                    head->version, kEvidenceVersion));
        }
    }
    if (lineText(line) != text) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The line has other fields than one of kind '{}', or another spelling.", kind));
    }
    return line;
}

std::string lineMark(std::string_view line) {
    return toHex(std::string_view(sha256(line)).substr(0, 8));
}

} // namespace meshbone::catalog
