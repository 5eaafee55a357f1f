// SPDX-License-Identifier: Apache-2.0
#include "contract/draft_properties.h"

#include "contract/logical_type.h"

#include <algorithm>
#include <memory>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMostDepth = 15; ///< of properties in one another; deeper ones stay out

/// A field and what is inside it: of an array in its items.
struct Branch {
    std::string name;
    const SchemaField* field = nullptr;
    std::vector<std::unique_ptr<Branch>> inside;
    bool isInItems = false; ///< `inside` are fields of the array's items

    Branch& at(std::string_view wanted) {
        const auto found =
            std::ranges::find(inside, wanted, [](const auto& one) { return std::string_view(one->name); });
        if (found != inside.end()) {
            return **found;
        }
        inside.push_back(std::make_unique<Branch>());
        inside.back()->name = wanted;
        return *inside.back();
    }
};

/// Puts a field where its path leads. What is in a map, in a list of lists or in one of several choices has no place in
/// the standard and stays out.
void plant(Branch& root, const SchemaField& field) {
    Branch* here = &root;
    std::string_view rest = field.path;
    for (std::size_t depth = 0; !rest.empty(); ++depth) {
        const std::size_t dot = std::min(rest.find('.'), rest.size());
        std::string_view step = rest.substr(0, dot);
        rest = dot < rest.size() ? rest.substr(dot + 1) : std::string_view();
        const bool isList = step.ends_with("[]");
        step = isList ? step.substr(0, step.size() - 2) : step;
        if (depth >= kMostDepth || step.empty() || step.find_first_of("[]{}<>") != std::string_view::npos) {
            return;
        }
        const bool isKnown = std::ranges::any_of(here->inside, [&](const auto& one) { return one->name == step; });
        if (!rest.empty() && !isKnown) {
            return; // the dot is in a name
        }
        here = &here->at(step);
        here->isInItems = here->isInItems || (isList && !rest.empty());
    }
    here->field = &field;
}

std::string_view logicalOf(const Branch& branch) {
    const auto type = branch.field == nullptr ? std::string_view() : logicalTypeOf(branch.field->type);
    if (!type.empty()) {
        return type;
    }
    return branch.inside.empty() ? std::string_view() : branch.isInItems ? "array" : "object";
}

class PropertyWriter {
public:
    explicit PropertyWriter(bool tellsRequired)
        : m_tellsRequired(tellsRequired) {}

    [[nodiscard]] Lines listOf(const Branch& parent) const {
        Lines lines;
        for (const auto& branch : parent.inside) {
            addItem(lines, linesOf(*branch));
        }
        return lines;
    }

private:
    [[nodiscard]] Lines linesOf(const Branch& branch) const {
        Lines lines;
        const auto logical = logicalOf(branch);
        addText(lines, "name", branch.name);
        if (!logical.empty()) {
            addText(lines, "logicalType", logical);
        }
        if (branch.field != nullptr) {
            addText(lines, "physicalType", branch.field->type);
            if (m_tellsRequired) {
                lines.emplace_back(branch.field->isOptional ? "required: false" : "required: true");
            }
            if (!branch.field->doc.empty()) {
                addText(lines, "description", branch.field->doc);
            }
            addTags(lines, branch.field->tags);
        }
        if (logical == "array") {
            addArray(lines, branch);
        } else if (!branch.inside.empty() && logical == "object") {
            addKey(lines, "properties");
            addIndented(lines, listOf(branch));
        }
        return lines;
    }
    void addArray(Lines& lines, const Branch& branch) const {
        const auto item = branch.field == nullptr ? std::string_view() : itemWordsOf(branch.field->type);
        const auto logical = branch.isInItems ? std::string_view("object") : logicalTypeOf(item);
        if (logical.empty()) {
            return;
        }
        Lines items;
        addText(items, "logicalType", logical);
        if (!item.empty()) {
            addText(items, "physicalType", item);
        }
        if (branch.isInItems) {
            addKey(items, "properties");
            addIndented(items, listOf(branch));
        }
        addKey(lines, "items");
        addIndented(lines, items);
    }
    static void addTags(Lines& lines, const std::vector<std::string>& tags) {
        if (tags.empty()) {
            return;
        }
        addKey(lines, "tags");
        for (const std::string& tag : tags) {
            lines.push_back("  - " + yamlText(tag));
        }
    }

    const bool m_tellsRequired;
};

} // namespace

Lines propertyLines(std::span<const SchemaField> fields, bool tellsRequired) {
    Branch root;
    for (const SchemaField& field : fields) {
        plant(root, field);
    }
    return PropertyWriter(tellsRequired).listOf(root);
}

} // namespace meshbone::catalog
