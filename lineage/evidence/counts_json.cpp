// SPDX-License-Identifier: Apache-2.0
#include "evidence/counts_json.h"

#include "evidence/fields.h"

#include <algorithm>

namespace meshbone::lineage {

using catalog::CountedSpan;
using catalog::RequestCounts;

namespace {
constexpr std::int64_t kMaxHour = kMaxCount / CountedSpan::kHourMs;

/// The spans of one length: numbers of hours or of days since the epoch, and requests.
void addSpans(std::vector<CountedSpan>& spans, Fields& fields, const char* name, std::uint32_t hours) {
    for (const auto& [number, requests] : fields.pairs(name, RequestCounts::kMaxSpans)) {
        if (number > kMaxHour / hours) {
            return fields.wrong(name);
        }
        spans.push_back({static_cast<std::uint32_t>(number) * hours, hours, requests});
    }
}
} // namespace

Json countsJson(const RequestCounts& counts) {
    auto hours = Json::array(), days = Json::array();
    for (const auto& span : counts.spans()) {
        (span.hours == 1 ? hours : days).push_back({span.hour / span.hours, span.requests});
    }
    Json json{{"hours", std::move(hours)}, {"days", std::move(days)}};
    if (counts.earlierToMs() >= 0) {
        json["earlierToMs"] = counts.earlierToMs();
    }
    return json;
}

std::optional<RequestCounts> countsOf(const Json& json) {
    if (!json.is_object()) {
        return std::nullopt;
    }
    Fields fields(json);
    std::vector<CountedSpan> spans;
    addSpans(spans, fields, "days", CountedSpan::kDayHours);
    addSpans(spans, fields, "hours", 1);
    const auto earlierToMs = json.contains("earlierToMs") ? fields.count("earlierToMs") : -1;
    std::ranges::sort(spans, {}, &CountedSpan::hour);
    return fields.firstWrong().empty() ? RequestCounts::of(std::move(spans), earlierToMs) : std::nullopt;
}

std::string countsText(const RequestCounts& counts) {
    return counts == RequestCounts() ? std::string() : countsJson(counts).dump();
}

std::optional<RequestCounts> parseCounts(std::string_view text) {
    return text.empty() ? std::optional(RequestCounts()) : countsOf(Json::parse(text, nullptr, false));
}

} // namespace meshbone::lineage
