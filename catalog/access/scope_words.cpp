// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_presets.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace meshbone::catalog {
namespace {

using namespace backbone;

std::string words(const NamePattern& pattern, std::string_view kind) {
    if (pattern.pattern == PatternType::Prefixed) {
        return fmt::format("every {} that begins with '{}'", kind, pattern.name);
    }
    return pattern.name == kAnyResource ? fmt::format("every {}", kind) : fmt::format("{} '{}'", kind, pattern.name);
}

std::string words(const std::vector<NamePattern>& patterns) {
    std::string text;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        text += i == 0 ? "" : i + 1 == patterns.size() ? " and " : ", ";
        text += words(patterns[i], "topic");
    }
    return text;
}

std::string with(const AccessScope& scope) {
    std::string text;
    if (!scope.group.name.empty()) {
        text += fmt::format(" in {}", words(scope.group, scope.role == Role::Streams ? "application" : "group"));
    }
    if (!scope.transactionalId.name.empty()) {
        text += fmt::format(
            " with {}", words(scope.transactionalId, scope.role == Role::KsqlDb ? "service id" : "transactional id"));
    }
    return text;
}

std::string acts(const AccessScope& scope) {
    if (scope.role == Role::ReadOnlyUi) {
        return " see the names and settings of everything, and no records";
    }
    // Of a source connector's offsets topic only the description is read; a worker reads what it writes.
    const auto read = scope.role == Role::SourceConnector ? "see" : "read";
    const bool both = scope.role == Role::ConnectWorker || scope.role == Role::SchemaRegistry ||
                      scope.role == Role::MirrorMakerTarget;
    std::vector<std::string> parts;
    if (!scope.reads.empty()) {
        parts.push_back(fmt::format("{} {}", read, words(scope.reads)));
    }
    if (!scope.writes.empty()) {
        parts.push_back(fmt::format("{} to {}", both ? "read and write" : "write", words(scope.writes)));
    }
    if (parts.empty()) {
        parts.emplace_back("keep its own topics");
    }
    return fmt::format(" {}", fmt::join(parts, " and "));
}

} // namespace

NamePattern patternOf(std::string_view text) {
    const bool prefix = text.size() > 1 && text.ends_with('*');
    return prefix ? NamePattern{std::string(text.substr(0, text.size() - 1)), PatternType::Prefixed}
                  : NamePattern{std::string(text), PatternType::Literal};
}

std::string shownPattern(const NamePattern& pattern) {
    return pattern.name + (pattern.pattern == PatternType::Prefixed ? "*" : "");
}

std::string describe(const AccessScope& scope) {
    const auto who = scope.principal == kAnyPrincipal ? std::string("Everybody") : scope.principal;
    const auto from = scope.host == kAnyHost ? std::string() : fmt::format(", from {} only", scope.host);
    return fmt::format("{} may{}{}, as a {}{}.", who, acts(scope), with(scope), roleTitle(scope.role), from);
}

} // namespace meshbone::catalog
