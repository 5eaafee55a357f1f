// SPDX-License-Identifier: Apache-2.0
#include "ascode/thing_lines.h"

#include <backbone/iso_time.h>
#include <catalog/access_names.h>
#include <catalog/access_presets.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

void addSaid(Lines& lines, std::string_view key, std::string_view text) {
    if (!text.empty()) {
        addText(lines, key, text);
    }
}
void addNumber(Lines& lines, std::string_view key, std::int64_t number) {
    if (number != 0) {
        lines.push_back(fmt::format("{}: {}", key, number));
    }
}
void addLevel(Lines& lines, Classification level) {
    if (level != Classification::Internal) {
        addText(lines, "classification", nameOf(level));
    }
}

/// A literal name that ends in '*' would read as a prefix.
std::string patternText(const NamePattern& pattern) {
    const std::string text = shownPattern(pattern);
    return patternOf(text) == pattern ? yamlText(text) : fmt::format("{{literal: {}}}", yamlText(pattern.name));
}
void addPattern(Lines& lines, std::string_view key, const NamePattern& pattern) {
    if (!pattern.name.empty()) {
        lines.push_back(fmt::format("{}: {}", key, patternText(pattern)));
    }
}
/// In the order of the ledger: it is part of what was agreed.
void addPatterns(Lines& lines, std::string_view key, const std::vector<NamePattern>& patterns) {
    if (patterns.empty()) {
        return;
    }
    addKey(lines, key);
    for (const NamePattern& pattern : patterns) {
        lines.push_back("  - " + patternText(pattern));
    }
}

void addPort(Lines& lines, const FileProduct& product, const Port& port) {
    Lines inner;
    addText(inner, port.direction == PortDirection::Output ? "output" : "input", port.topic);
    addSaid(inner, "description", port.description);
    const auto level = product.topics.find(port.topic);
    if (port.direction == PortDirection::Output && level != product.topics.end()) {
        addLevel(inner, level->second);
    }
    for (std::size_t i = 0; i < inner.size(); ++i) {
        lines.push_back(inner[i].empty() ? inner[i] : (i == 0 ? "  - " : "    ") + inner[i]);
    }
}

} // namespace

const std::string& idOf(const FilePolicy& policy) {
    return policy.policy.id;
}
const std::string& idOf(const FilePrincipal& principal) {
    return principal.principal.principal;
}
const std::string& idOf(const FileProduct& product) {
    return product.product.id;
}
const std::string& idOf(const FileTopic& topic) {
    return topic.topic;
}
const std::string& idOf(const FileGrant& grant) {
    return grant.id;
}

std::string shownTime(TimestampMs timeMs) {
    std::string text = isoTime(timeMs);
    if (text == "-") {
        return std::to_string(timeMs);
    }
    constexpr std::string_view kMidnight = "T00:00:00.000Z", kWhole = ".000Z";
    if (text.ends_with(kMidnight)) {
        return text.substr(0, text.size() - kMidnight.size());
    }
    return text.ends_with(kWhole) ? text.substr(0, text.size() - kWhole.size()) + "Z" : text;
}

Lines linesOf(const FilePolicy& file) {
    const Policy& policy = file.policy;
    Lines lines;
    addText(lines, "name", policy.name);
    const std::string reach(nameOf(policy.reach));
    addText(lines, "for", policy.subject.empty() ? reach : reach + " " + policy.subject);
    if (policy.approval != Approval::Unsaid) {
        addText(lines, "approval", nameOf(policy.approval));
    }
    addSaid(lines, "approvers", policy.approvers);
    addNumber(lines, "people", policy.people);
    addNumber(lines, "max-days", policy.maxDays);
    addNumber(lines, "lapse-days", policy.lapseDays);
    if (policy.allowsEverything) {
        lines.emplace_back("allows-everything: true");
    }
    return lines;
}

Lines linesOf(const FilePrincipal& file) {
    const Principal& principal = file.principal;
    Lines lines;
    addText(lines, "name", principal.name);
    addText(lines, "kind", nameOf(principal.kind));
    addSaid(lines, "team", principal.team);
    addSaid(lines, "person", principal.person);
    if (principal.disabled) {
        lines.emplace_back("disabled: true");
    }
    return lines;
}

Lines linesOf(const FileProduct& file) {
    const Product& product = file.product;
    Lines lines;
    addText(lines, "name", product.name);
    addSaid(lines, "description", product.description);
    addText(lines, "domain", product.domain);
    addText(lines, "owner", product.owner);
    addLevel(lines, file.level);
    if (!product.ports.empty()) {
        addKey(lines, "ports");
        for (const Port& port : product.ports) {
            addPort(lines, file, port);
        }
    }
    return lines;
}

Lines linesOf(const FileTopic& topic) {
    Lines lines;
    addText(lines, "classification", nameOf(topic.level));
    return lines;
}

Lines linesOf(const FileGrant& grant) {
    const AccessScope& scope = grant.scope;
    Lines lines;
    addText(lines, "principal", scope.principal);
    addText(lines, "role", roleName(scope.role));
    if (scope.host != backbone::kAnyHost) {
        addText(lines, "host", scope.host);
    }
    addPatterns(lines, "reads", scope.reads);
    addPatterns(lines, "writes", scope.writes);
    addPattern(lines, "group", scope.group);
    addPattern(lines, "transactional-id", scope.transactionalId);
    addSaid(lines, "product", grant.product);
    addText(lines, "purpose", grant.purpose);
    if (grant.untilMs != kNoEnd) {
        lines.push_back("until: " + shownTime(grant.untilMs));
    }
    addSaid(lines, "conditions", grant.conditions);
    return lines;
}

} // namespace meshbone::catalog
