// SPDX-License-Identifier: Apache-2.0
#include "schema/json/finding.h"

#include "schema/json/fields.h"

namespace meshbone::catalog::jsonschema {

namespace {

std::string joined(const std::string& above, const std::string& below, std::string_view between) {
    return above.empty() || below.empty() ? above + below : above + std::string(between) + below;
}

std::string filled(std::string_view sentence, const Finding& finding, const std::string& subject) {
    const auto valueOf = [&](const Node* node) -> std::string {
        if (finding.type == DifferenceType::TypeChanged) {
            return node == nullptr ? "nothing" : typeInWords(*node);
        }
        const Value* value = node == nullptr || finding.keyword.empty() ? nullptr : keywordOf(*node, finding.keyword);
        return value == nullptr ? "none" : shortJson(*value, 80);
    };
    std::string out;
    while (!sentence.empty()) {
        const auto open = sentence.find('{');
        out += sentence.substr(0, open);
        if (open == std::string_view::npos) {
            break;
        }
        const auto close = sentence.find('}', open);
        const auto slot = sentence.substr(open + 1, close - open - 1);
        out += slot == "field"  ? subject
               : slot == "name" ? finding.name
                                : valueOf(slot == "old" ? finding.writer : finding.reader);
        sentence.remove_prefix(close + 1);
    }
    if (out.starts_with("the ")) {
        out[0] = 'T';
    }
    return out;
}

} // namespace

Finding findingOf(DifferenceType type, const PathStep& step, const Node* writer, const Node* reader) {
    Finding finding;
    finding.type = type;
    finding.path = step.path;
    finding.field = step.field;
    finding.writer = writer;
    finding.reader = reader;
    return finding;
}

Finding lifted(Finding finding, const PathStep& step) {
    const bool isBare = finding.field.starts_with("[]") || finding.field.starts_with("{}");
    finding.path = joined(step.path, finding.path, "/");
    finding.field = joined(step.field, finding.field, isBare ? "" : ".");
    for (Finding& cause : finding.causes) {
        cause = lifted(std::move(cause), step);
    }
    return finding;
}

SchemaDifference inWords(const Finding& finding, CompatibilityPolicy policy) {
    const DifferenceKind& kind = kindOf(finding.type);
    const std::string subject = finding.field.empty() ? "the whole" : "`" + finding.field + "`";
    SchemaDifference difference;
    difference.type = kind.name;
    difference.path = "#/" + finding.path;
    difference.field = finding.field;
    difference.isBreaking = !isTolerated(finding.type, policy);
    difference.message = filled(kind.sentence, finding, subject);
    difference.repair = difference.isBreaking ? filled(kind.repair, finding, subject) : std::string();
    const auto placed = [&](const Node* node) {
        return node == nullptr           ? TextPlace()
               : finding.keyword.empty() ? placeOfNode(*node)
                                         : placeOfKeyword(*node, finding.keyword);
    };
    difference.inWriter = placed(finding.writer);
    difference.inReader = placed(finding.reader);
    for (const Finding& cause : finding.causes) {
        const SchemaDifference because = inWords(cause, policy);
        difference.message += " What comes closest: " + because.message;
        difference.repair = because.repair.empty() ? difference.repair : because.repair;
    }
    return difference;
}

} // namespace meshbone::catalog::jsonschema
