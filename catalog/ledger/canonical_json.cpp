// SPDX-License-Identifier: Apache-2.0
#include "ledger/canonical_json.h"

#include "json_depth.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <limits>

namespace meshbone::catalog {
namespace {

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
    if (!isShallowJson(text, kMaxNesting)) {
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
