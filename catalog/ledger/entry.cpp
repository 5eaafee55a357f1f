// SPDX-License-Identifier: Apache-2.0
#include "ledger/entry.h"

#include "ledger/canonical_json.h"
#include "product/names.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 11> kKeys = {
    "act", "author", "expected", "key", "payload", "previous", "signature", "subject", "time", "version", "why"};

/// The value of `key` when it is there and of the type; whoever demands it has checked that with checkShape.
void take(const json& from, const char* key, std::string& to) {
    if (const auto found = from.find(key); found != from.end() && found->is_string()) {
        to = found->get<std::string>();
    }
}
void take(const json& from, const char* key, std::int64_t& to) {
    if (const auto found = from.find(key); found != from.end() && found->is_number_integer()) {
        to = found->get<std::int64_t>();
    }
}

Entry readFields(const json& object) {
    Entry entry;
    take(object, "version", entry.version);
    take(object, "author", entry.author);
    take(object, "key", entry.keyId);
    take(object, "act", entry.act);
    take(object, "subject", entry.subject);
    take(object, "why", entry.why);
    take(object, "time", entry.timeMs);
    take(object, "previous", entry.previous);
    take(object, "signature", entry.signature);
    if (object.contains("expected")) {
        take(object, "expected", entry.expected.emplace());
    }
    return entry;
}

Status checkShape(const json& object) {
    for (const auto& [key, value] : object.items()) {
        if (std::ranges::count(kKeys, key) == 0) {
            return fail(ErrorCode::InvalidArgument, fmt::format("The entry has an unknown field '{}'.", clipped(key)));
        }
    }
    for (const std::string_view key : kKeys) {
        const auto found = object.find(key);
        if (found == object.end()) {
            if (key == "expected") {
                continue;
            }
            return fail(ErrorCode::InvalidArgument, fmt::format("The entry has no field '{}'.", key));
        }
        const bool number = key == "time" || key == "version" || key == "expected";
        if (number ? !found->is_number_integer() : key == "payload" ? !found->is_object() : !found->is_string()) {
            return fail(ErrorCode::InvalidArgument, fmt::format("The entry's field '{}' has a wrong type.", key));
        }
    }
    return {};
}

Status checkValues(const Entry& entry) {
    const auto isHex = [](const std::string& text, std::size_t length) {
        return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string::npos;
    };
    if (entry.version < 1 || entry.timeMs < 0 || (entry.expected && *entry.expected < 0)) {
        return fail(ErrorCode::InvalidArgument, "The entry's version, time or expected revision is out of range.");
    }
    if (!isHex(entry.previous, 64) || !isHex(entry.keyId, 32)) {
        return fail(ErrorCode::InvalidArgument, "The entry's key or previous hash isn't lower-case hex of its length.");
    }
    return checkText("reason", entry.why);
}

json toObject(const Entry& entry) {
    json object = {{"version", entry.version}, {"author", entry.author},    {"key", entry.keyId},
                   {"act", entry.act},         {"subject", entry.subject},  {"why", entry.why},
                   {"time", entry.timeMs},     {"previous", entry.previous}};
    object["payload"] = json::parse(entry.payload, nullptr, false);
    if (entry.expected) {
        object["expected"] = *entry.expected;
    }
    if (!entry.signature.empty()) {
        object["signature"] = entry.signature;
    }
    return object;
}

} // namespace

ParsedEntry parseEntry(std::string_view bytes) {
    ParsedEntry parsed;
    auto object = parseObject(bytes);
    if (!object) {
        parsed.refused = object.error();
        return parsed;
    }
    parsed.entry = readFields(*object);
    if (parsed.entry.version > kEntryVersion) {
        parsed.refused = Error{ErrorCode::Unsupported,
                               fmt::format("The entry is of version {}, and this Meshbone knows entries up to version "
                                           "{}; update it.",
                                           parsed.entry.version, kEntryVersion)};
        return parsed;
    }
    const auto canonical = canonicalText(*object);
    Status checked = canonical ? checkShape(*object) : Status(std::unexpected(canonical.error()));
    if (checked && *canonical != bytes) {
        checked = fail(ErrorCode::InvalidArgument, "The entry's JSON isn't in the canonical form.");
    }
    if (checked) {
        checked = checkValues(parsed.entry);
    }
    if (!checked) {
        parsed.refused = checked.error();
        return parsed;
    }
    parsed.entry.payload = object->at("payload").dump();
    object->erase("signature");
    parsed.signedBytes = object->dump();
    return parsed;
}

Result<std::string> encodeEntry(const Entry& entry) {
    auto text = canonicalText(toObject(entry));
    if (text && text->size() > kMaxEntryBytes) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The entry would be larger than {} bytes; say less in it.", kMaxEntryBytes));
    }
    return text;
}

} // namespace meshbone::catalog
