// SPDX-License-Identifier: Apache-2.0
#include "product/access_scope_rules.h"

#include "product/decide_parts.h"
#include "product/names.h"

#include <backbone/topic_names.h>
#include <catalog/access_covers.h>
#include <catalog/access_presets.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

using backbone::PatternType;

constexpr std::array<std::string_view, 4> kInternalTopics{"__consumer_offsets", "__transaction_state", "_schemas",
                                                          "_meshbone.ledger"};

std::unexpected<Error> wrong(std::string sentence) {
    return fail(ErrorCode::InvalidArgument, std::move(sentence));
}

bool namedTwice(std::vector<NamePattern> patterns) {
    std::ranges::sort(patterns);
    return std::ranges::adjacent_find(patterns) != patterns.end();
}

bool anyCovers(const std::vector<NamePattern>& wide, const NamePattern& narrow) {
    return std::ranges::any_of(wide, [&](const NamePattern& one) { return covers(one, narrow); });
}
bool allCovered(const std::vector<NamePattern>& wide, const std::vector<NamePattern>& narrow) {
    return std::ranges::all_of(narrow, [&](const NamePattern& one) { return anyCovers(wide, one); });
}
/// A name that may be left out.
bool coversOrNone(const NamePattern& wide, const NamePattern& narrow) {
    return narrow.name.empty() || (!wide.name.empty() && covers(wide, narrow));
}

} // namespace

Status checkPrincipalName(std::string_view principal) {
    const std::size_t colon = principal.find(':');
    if (principal.size() > kMaxPrincipalBytes || colon == std::string_view::npos || colon == 0 ||
        colon + 1 == principal.size()) {
        return wrong(fmt::format("'{}' isn't a principal: write its type, a colon and its name, for example "
                                 "'User:flights-loader'; at most {} bytes.",
                                 isUtf8(principal) ? clipped(principal) : "…", kMaxPrincipalBytes));
    }
    const bool oneLine = principal.find_first_of("\n\t") == std::string_view::npos;
    return firstError({checkText("principal", principal, kMaxPrincipalBytes),
                       oneLine ? Status{} : Status(wrong("A principal is on one line."))});
}

Status checkAsked(const AccessScope& scope) {
    if (scope.reads.size() + scope.writes.size() > kMaxPatterns) {
        return wrong(fmt::format("At most {} topics can be asked for at once; use a prefix, or several requests.",
                                 kMaxPatterns));
    }
    if (namedTwice(scope.reads) || namedTwice(scope.writes)) {
        return wrong("A topic is named twice.");
    }
    for (const NamePattern* name : {&scope.group, &scope.transactionalId}) {
        if (auto checked = checkText("name", name->name, kMaxGroupBytes); !checked) {
            return checked;
        }
    }
    return firstError({checkPrincipalName(scope.principal), checkScope(scope)});
}

bool covers(const NamePattern& wide, const NamePattern& narrow) {
    return patternIncludes(wide.pattern, wide.name, narrow.pattern, narrow.name);
}

bool covers(const AccessScope& wide, const AccessScope& narrow) {
    return wide.principal == narrow.principal && wide.role == narrow.role &&
           (wide.host == narrow.host || wide.host == backbone::kAnyHost) && allCovered(wide.reads, narrow.reads) &&
           allCovered(wide.writes, narrow.writes) && coversOrNone(wide.group, narrow.group) &&
           coversOrNone(wide.transactionalId, narrow.transactionalId);
}

bool overlap(const NamePattern& one, const NamePattern& other) {
    return patternsMeet(one.pattern, one.name, other.pattern, other.name);
}

bool isEverything(const NamePattern& pattern) {
    return pattern.pattern == PatternType::Literal && pattern.name == backbone::kAnyResource;
}

bool matchesEverything(const AccessScope& scope) {
    return scope.principal == backbone::kAnyPrincipal || scope.role == Role::ReadOnlyUi ||
           std::ranges::any_of(topicsOf(scope), isEverything) || isEverything(scope.group) ||
           isEverything(scope.transactionalId);
}

bool coversInternal(const NamePattern& topics) {
    return backbone::isInternalTopicName(topics.name) ||
           std::ranges::any_of(kInternalTopics, [&](std::string_view topic) {
               return backbone::patternCovers(topics.pattern, topics.name, topic);
           });
}

std::vector<NamePattern> topicsOf(const AccessScope& scope) {
    std::vector<NamePattern> topics = scope.reads;
    topics.insert(topics.end(), scope.writes.begin(), scope.writes.end());
    return topics;
}

std::vector<NamePattern> topicsOpenedBy(const AccessScope& scope) {
    using backbone::Operation;
    auto topics = topicsOf(scope);
    for (const auto& binding : bindingsOf(scope)) {
        const bool isOpened =
            binding.operation != Operation::Describe && binding.operation != Operation::DescribeConfigs;
        NamePattern pattern{binding.resource, binding.pattern};
        if (binding.resourceKind == backbone::ResourceKind::Topic && isOpened && !anyCovers(topics, pattern)) {
            topics.push_back(std::move(pattern));
        }
    }
    return topics;
}

std::string shown(const std::vector<NamePattern>& patterns) {
    std::string text;
    for (const NamePattern& pattern : patterns) {
        text += (text.empty() ? "" : ", ") + shownPattern(pattern);
    }
    return text;
}

} // namespace meshbone::catalog
