// SPDX-License-Identifier: Apache-2.0
#include "ledger/canonical_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <limits>

namespace meshbone::catalog {
namespace {

/// Whether brackets outside of strings nest at most kMaxNesting deep; looked at first, because a recursive walk over a
/// parsed value would need as much stack as a stranger likes.
bool isShallow(std::string_view text) {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            i += c == '\\' ? 1 : 0;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMaxNesting) {
                return false;
            }
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return true;
}

bool hasOnlyIntegers(const nlohmann::json& json) {
    if (json.is_number_float()) {
        return false;
    }
    if (json.is_number_unsigned() &&
        json.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return false;
    }
    if (json.is_structured()) {
        for (const auto& item : json) {
            if (!hasOnlyIntegers(item)) {
                return false;
            }
        }
    }
    return true;
}

} // namespace

Result<nlohmann::json> parseObject(std::string_view text, std::size_t mostBytes) {
    if (text.size() > mostBytes) {
        return fail(ErrorCode::InvalidArgument, fmt::format("The entry is larger than {} bytes.", mostBytes));
    }
    if (!isShallow(text)) {
        return fail(ErrorCode::InvalidArgument, "The entry's JSON is nested too deeply.");
    }
    auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object()) {
        return fail(ErrorCode::InvalidArgument, "The entry isn't a JSON object.");
    }
    return json;
}

Result<std::string> canonicalText(const nlohmann::json& json) {
    if (!hasOnlyIntegers(json)) {
        return fail(ErrorCode::InvalidArgument, "The ledger knows no numbers but integers of 64 bits.");
    }
    try {
        return json.dump();
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::InvalidArgument, "A text isn't valid UTF-8.");
    }
}

} // namespace meshbone::catalog
