// SPDX-License-Identifier: Apache-2.0
#include "product/decide_parts.h"
#include "product/field_changes.h"
#include "product/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

/// Kinds of things that the ledger itself decides on, now or in a later version. What was merely done on the backbone
/// may not be recorded under them, or it would look like a decision.
constexpr std::array<std::string_view, 14> kDecidedKinds = {"person", "team",   "domain", "product", "port",
                                                            "act",    "access", "grant",  "request", "principal",
                                                            "schema", "policy", "ledger", "contract"};

/// "kind.done": two words of a-z and '_', at most 64 bytes together.
Status checkRecordedAct(const std::string& act) {
    const std::size_t dot = act.find('.');
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    const std::string_view kind = std::string_view(act).substr(0, std::min(dot, act.size()));
    const std::string_view done = dot == std::string::npos ? std::string_view() : std::string_view(act).substr(dot + 1);
    if (act.size() > kMaxSlugBytes || kind.empty() || done.empty() || !std::ranges::all_of(kind, letter) ||
        !std::ranges::all_of(done, letter)) {
        return fail(ErrorCode::InvalidArgument,
                    "A recorded act is named 'kind.done', two words of a-z and '_', for example 'topic.created'.");
    }
    if (std::ranges::count(kDecidedKinds, kind) > 0 || act == "topic.describe") {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("'{}' is decided by the ledger, so it can't be recorded as done elsewhere.", act));
    }
    return {};
}

Status checkRecordedFields(const std::map<std::string, std::string>& fields) {
    if (fields.size() > kMaxRecorded) {
        return fail(ErrorCode::InvalidArgument, fmt::format("At most {} fields can be recorded.", kMaxRecorded));
    }
    for (const auto& [name, value] : fields) {
        if (auto checked = firstError({checkName("recorded field", name), checkText("recorded value", value)});
            !checked) {
            return checked;
        }
    }
    return {};
}

} // namespace

Result<Decision> decideOne(const DescribeTopic& command, const Case& at) {
    const TopicNote* old = at.mesh.topics.find(command.topic);
    if (auto checked = firstError({checkTopicName(command.topic), checkText("description", command.description),
                                   checkRevision(Kind::Topic, command.topic, at, old ? old->revision : 0)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (command.description.empty()) {
        return Decision{{Removed{Kind::Topic, command.topic}}, changesBetween(fieldsOf(old), {})};
    }
    TopicNote note{command.topic, command.description, at.revision};
    auto changes = changesBetween(fieldsOf(old), fieldsOf(&note));
    return Decision{{std::move(note)}, std::move(changes)};
}

Result<Decision> decideOne(const RecordAct& command, const Case& at) {
    if (at.expected) {
        return fail(ErrorCode::InvalidArgument, "A recorded act has no revision to expect.");
    }
    if (auto checked = firstError({checkRecordedAct(command.act), checkName("subject", command.subject),
                                   checkRecordedFields(command.before), checkRecordedFields(command.after)});
        !checked) {
        return std::unexpected(checked.error());
    }
    return Decision{{}, changesBetween(command.before, command.after)};
}

} // namespace meshbone::catalog
