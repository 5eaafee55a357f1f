// SPDX-License-Identifier: Apache-2.0
#include "contract/logical_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace meshbone::catalog {
namespace {

using Words = std::pair<std::string_view, std::string_view>; // what a type begins with, its logical type

// The first that fits counts. Bytes are texts there: the standard has nothing else for them.
constexpr std::array<Words, 16> kBeginnings{{{"array", "array"},
                                             {"JSON array", "array"},
                                             {"map of", "object"},
                                             {"object", "object"},
                                             {"JSON object", "object"},
                                             {"decimal", "number"},
                                             {"timestamp", "timestamp"},
                                             {"local-timestamp", "timestamp"},
                                             {"date-time", "timestamp"},
                                             {"time-", "time"},
                                             {"uint", "integer"},
                                             {"sint", "integer"},
                                             {"int", "integer"},
                                             {"fixed32", "integer"},
                                             {"fixed64", "integer"},
                                             {"sfixed", "integer"}}};
constexpr std::array<Words, 18> kExactly{{{"string", "string"},
                                          {"bytes", "string"},
                                          {"uuid", "string"},
                                          {"uri", "string"},
                                          {"email", "string"},
                                          {"hostname", "string"},
                                          {"ipv4", "string"},
                                          {"ipv6", "string"},
                                          {"duration", "string"},
                                          {"long", "integer"},
                                          {"float", "number"},
                                          {"double", "number"},
                                          {"number", "number"},
                                          {"boolean", "boolean"},
                                          {"bool", "boolean"},
                                          {"date", "date"},
                                          {"time", "time"},
                                          {"", ""}}};

constexpr std::string_view kOrNull = " or null";

std::string_view withoutNull(std::string_view words) {
    return words.ends_with(kOrNull) ? words.substr(0, words.size() - kOrNull.size()) : words;
}

} // namespace

std::string_view logicalTypeOf(std::string_view words) {
    words = withoutNull(words);
    const auto exact = std::ranges::find(kExactly, words, &Words::first);
    if (exact != kExactly.end()) {
        return exact->second;
    }
    // Of an array or a map the words go on about what is in it, otherwise "or" is a choice.
    const bool isWhole = words.starts_with("array of ") || words.starts_with("map of ");
    if (!isWhole && words.find(" or ") != std::string_view::npos) {
        return {};
    }
    const auto found =
        std::ranges::find_if(kBeginnings, [&](const Words& one) { return words.starts_with(one.first); });
    return found == kBeginnings.end() ? std::string_view() : found->second;
}

std::string_view itemWordsOf(std::string_view words) {
    constexpr std::string_view kArrayOf = "array of ";
    words = withoutNull(words);
    return words.starts_with(kArrayOf) ? words.substr(kArrayOf.size()) : std::string_view();
}

bool keepsType(std::string_view promised, std::string_view found) {
    const bool isTime = promised == "timestamp" || promised == "date" || promised == "time";
    return promised == found || (promised == "number" && found == "integer") ||
           (isTime && (found == "string" || found == "integer" || found == "timestamp"));
}

} // namespace meshbone::catalog
