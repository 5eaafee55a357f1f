// SPDX-License-Identifier: Apache-2.0
#include "ascode/thing_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

template <class Thing>
void addSection(Lines& lines, std::string_view name, const std::optional<std::vector<Thing>>& section) {
    if (!section) {
        return;
    }
    lines.emplace_back();
    if (section->empty()) {
        lines.push_back(fmt::format("{}: {{}}", name));
        return;
    }
    lines.push_back(fmt::format("{}:", name));
    std::vector<const Thing*> sorted;
    for (const Thing& thing : *section) {
        sorted.push_back(&thing);
    }
    std::ranges::sort(sorted, {}, [](const Thing* thing) -> const std::string& { return idOf(*thing); });
    for (const Thing* thing : sorted) {
        Lines entry;
        addKey(entry, idOf(*thing));
        addIndented(entry, linesOf(*thing));
        addIndented(lines, entry);
    }
}

} // namespace

std::string writeAccessFile(const AccessFile& file) {
    Lines lines{fmt::format("{}: {}", kFormKey, kForm)};
    if (!file.covers.empty()) {
        std::vector<std::string> covers = file.covers;
        std::ranges::sort(covers);
        lines.emplace_back("covers:");
        for (const std::string& product : covers) {
            lines.push_back("  - " + yamlText(product));
        }
    }
    addSection(lines, "policies", file.policies);
    addSection(lines, "principals", file.principals);
    addSection(lines, "products", file.products);
    addSection(lines, "topics", file.topics);
    addSection(lines, "grants", file.grants);
    std::string text;
    for (const std::string& line : lines) {
        (text += line) += '\n';
    }
    return text;
}

} // namespace meshbone::catalog
