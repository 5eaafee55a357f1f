// SPDX-License-Identifier: Apache-2.0
#include "access/authorizer_line.h"

#include "evidence/names.h"

#include <backbone/iso_time.h>
#include <backbone/utf8.h>

#include <algorithm>
#include <array>

namespace meshbone::lineage {
namespace {

using Parsed = Result<std::optional<AuthorizerLine>>;

constexpr std::string_view kPrincipalIs = "Principal = ", kFromHost = " from host = ", kOnResource = " on resource = ",
                           kForRequest = " for request = ", kRefCount = " with resourceRefCount = ",
                           kByRule = " based on rule ", kLogger = " (kafka.authorizer.logger)";
constexpr std::string_view kTimeShape = "0000-00-00 00:00:00,000";
constexpr std::size_t kMaxHead = 200;

/// The APIs that evidence is judged by; of the others the rights alone count.
constexpr std::array<std::pair<std::string_view, std::int16_t>, 3> kJudgedApis{
    {{"Produce", 0}, {"Fetch", 1}, {"InitProducerId", 22}}};

std::unexpected<Error> unreadable(std::string why) {
    return fail(ErrorCode::Corrupt, std::move(why));
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// At the beginning, in brackets or not: "2026-11-27 17:00:00,123".
std::optional<TimestampMs> timeAt(std::string_view head) {
    head.remove_prefix(head.starts_with('[') ? 1 : 0);
    if (head.size() < kTimeShape.size()) {
        return std::nullopt;
    }
    std::string time(head.substr(0, kTimeShape.size()));
    for (std::size_t i = 0; i < time.size(); ++i) {
        const bool isSeparator = (i == 10 && time[i] == 'T') || (i == 19 && time[i] == '.');
        if (isDigit(kTimeShape[i]) ? !isDigit(time[i]) : time[i] != kTimeShape[i] && !isSeparator) {
            return std::nullopt;
        }
    }
    time[19] = '.';
    TimestampMs timeMs = 0;
    return parseTime(time, timeMs) ? std::optional(timeMs) : std::nullopt;
}

/// What AclAuthorizer tells at DEBUG on its way to a decision: "[time] DEBUG operation = …".
bool isOnTheWay(std::string_view head) {
    constexpr std::array<std::string_view, 3> kBeginnings{"operation = ", "principal = ", "No acl found for resource "};
    constexpr std::string_view kLevel = " DEBUG ";
    const auto level = head.find(kLevel);
    return level <= kTimeShape.size() + 2 && // npos is past it
           std::ranges::any_of(kBeginnings, [said = head.substr(level + kLevel.size())](std::string_view words) {
               return said.starts_with(words);
           });
}

/// Cuts `text` at a marker and returns what stood before it; nothing where it isn't there, or there twice.
std::optional<std::string_view> upTo(std::string_view& text, std::string_view marker) {
    const auto at = text.find(marker);
    if (at == std::string_view::npos || text.find(marker, at + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    const auto before = text.substr(0, at);
    text.remove_prefix(at + marker.size());
    return before;
}

/// "READ" of StandardAuthorizer, "Read" of AclAuthorizer.
std::optional<backbone::Operation> operationIn(std::string_view text) {
    const auto operation = backbone::operationNamed(text);
    return operation ? operation : operationFrom(text);
}

/// "User:x is Denied operation = READ".
bool readDecision(std::string_view text, AuthorizerLine& line) {
    const auto allowed = text.find(" is Allowed "), denied = text.find(" is Denied ");
    line.allowed = allowed != std::string_view::npos;
    if (line.allowed == (denied != std::string_view::npos)) {
        return false;
    }
    const std::string_view verdict = line.allowed ? " is Allowed " : " is Denied ";
    const auto principal = upTo(text, verdict);
    if (!principal || !(text.starts_with("operation = ") || text.starts_with("Operation = "))) {
        return false;
    }
    text.remove_prefix(std::string_view("operation = ").size());
    const auto operation = operationIn(text);
    line.principal = *principal;
    line.operation = operation.value_or(backbone::Operation::Unknown);
    const auto colon = line.principal.find(':');
    return operation && *operation < backbone::Operation::Any && colon != std::string_view::npos && colon > 0;
}

/// "Topic:LITERAL:quakes".
bool readResource(std::string_view text, AuthorizerLine& line) {
    constexpr std::string_view kLiteral = ":LITERAL:";
    const auto at = text.find(kLiteral);
    const auto kind = resourceKindFrom(text.substr(0, at));
    if (at == std::string_view::npos || !kind || *kind >= backbone::ResourceKind::Any) {
        return false;
    }
    line.resourceKind = *kind;
    line.resource = text.substr(at + kLiteral.size());
    return !line.resource.empty();
}

std::int16_t apiKeyOf(std::string_view api) {
    const auto found = std::ranges::find(kJudgedApis, api, &decltype(kJudgedApis)::value_type::first);
    return found == kJudgedApis.end() ? std::int16_t{-1} : found->second;
}

/// What follows the resource: "Fetch with resourceRefCount = 1 based on rule DefaultDeny".
bool readRequest(std::string_view text, AuthorizerLine& line) {
    const auto rule = text.find(kByRule);
    const auto count = text.substr(0, rule);
    if (rule != std::string_view::npos) {
        line.superUser = line.allowed && text.substr(rule + kByRule.size()) == "SuperUser";
    }
    std::string_view rest = count;
    const auto api = upTo(rest, kRefCount);
    line.apiKey = apiKeyOf(api.value_or(""));
    return api && !rest.empty() && std::ranges::all_of(rest, isDigit);
}

/// Whether some of the words that part a line stand in it more often than once.
bool isAmbiguous(std::string_view text) {
    const auto twice = [&](std::string_view marker) {
        const auto at = text.find(marker);
        return at != std::string_view::npos && text.find(marker, at + 1) != std::string_view::npos;
    };
    return twice(kPrincipalIs) || twice(kFromHost) || twice(kOnResource) || twice(kForRequest) || twice(kRefCount) ||
           twice(kByRule);
}

Parsed parseDecision(std::string_view text, AuthorizerLine line) {
    constexpr auto kNotWhole = "It isn't a whole decision: who, what, from where, on what.";
    const auto decision = upTo(text, kFromHost);
    const auto host = upTo(text, kOnResource);
    if (!decision || !host || host->empty() || !readDecision(*decision, line)) {
        return unreadable(kNotWhole);
    }
    line.host = *host;
    const auto resource = upTo(text, kForRequest); // Kafka before 2.4 doesn't say which request it was
    if (!readResource(resource.value_or(text), line) || (resource && !readRequest(text, line))) {
        return unreadable(kNotWhole);
    }
    return line;
}

} // namespace

Parsed parseAuthorizerLine(std::string_view line) {
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (!isUtf8(line) || std::ranges::any_of(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
        return unreadable("It has bytes that aren't text.");
    }
    if (line.ends_with(kLogger)) { // first: its blank may be the last one of "Principal = "
        line.remove_suffix(kLogger.size());
    }
    AuthorizerLine read;
    const auto principalAt = line.find(kPrincipalIs);
    const auto head = line.substr(0, std::min(principalAt, kMaxHead));
    const auto time = timeAt(head);
    if (!time) {
        return unreadable("It doesn't begin with a time such as [2026-11-27 17:00:00,123].");
    }
    read.timeMs = *time;
    const bool hasPrincipal = principalAt <= kMaxHead; // npos is past it
    if (isOnTheWay(head) || (hasPrincipal && head.find("TRACE") != std::string_view::npos)) {
        return std::nullopt;
    }
    if (!hasPrincipal) {
        return unreadable("It isn't an authorizer's: it names no principal.");
    }
    if (isAmbiguous(line)) {
        return unreadable("It can be read in two ways, since a name in it has the log's own words.");
    }
    return parseDecision(line.substr(principalAt + kPrincipalIs.size()), read);
}

} // namespace meshbone::lineage
