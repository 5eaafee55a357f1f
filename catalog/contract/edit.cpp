// SPDX-License-Identifier: Apache-2.0
#include "contract/document.h"

#include "yaml/yaml_text.h"

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

/// Whether two trees say the same, but for the value of one top-level key.
bool isSameBut(const YamlNode& one, const YamlNode& other, std::string_view key, std::string_view value) {
    if (one.keys != other.keys) {
        return false;
    }
    for (std::size_t i = 0; i < one.items.size(); ++i) {
        const bool isIt = one.keys[i] == key;
        if (isIt ? other.items[i].text != value || plainKind(other.items[i]) != PlainKind::Text
                 : jsonOf(one.items[i]) != jsonOf(other.items[i])) {
            return false;
        }
    }
    return true;
}

/// How many bytes a value takes that begins there; npos: it isn't one on one line.
std::size_t lengthAt(std::string_view text, std::size_t begin, const YamlNode& node) {
    const auto line = text.substr(begin, text.find_first_of("\r\n", begin) - begin);
    if (node.isPlain) {
        return line.starts_with(node.text) ? node.text.size() : std::string_view::npos;
    }
    const char quote = line.empty() ? ' ' : line.front();
    if (quote != '"' && quote != '\'') {
        return std::string_view::npos;
    }
    for (std::size_t i = 1; i < line.size(); ++i) {
        const bool isDoubled = quote == '\'' && line[i] == quote && i + 1 < line.size() && line[i + 1] == quote;
        if ((quote == '"' && line[i] == '\\') || isDoubled) {
            ++i;
        } else if (line[i] == quote) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

} // namespace

Result<std::string> withContractValue(const Contract& contract, std::string_view key, std::string_view value) {
    const auto root = readContractYaml(contract.text);
    const YamlNode* node = root ? root->find(key) : nullptr;
    if (node == nullptr || plainKind(*node) == PlainKind::Nothing) {
        return fail(ErrorCode::NotFound, fmt::format("The contract has no '{}'; write one into it first.", key));
    }
    const auto length = node->kind == YamlNode::Kind::Text && !node->isCopied
                            ? lengthAt(contract.text, node->byte, *node)
                            : std::string_view::npos;
    if (length == std::string_view::npos) {
        return fail(
            ErrorCode::Unsupported,
            fmt::format("The '{}' in line {} isn't a text on one line; change it in the file.", key, node->at.line));
    }
    // Plain where it was plain and that reads as this text.
    for (const std::string& spelled : {node->isPlain ? std::string(value) : yamlText(value), yamlText(value)}) {
        std::string changed = contract.text;
        changed.replace(node->byte, length, spelled);
        // Read again, so that what was changed is that value and nothing else, whatever stood around it.
        const auto again = readContractYaml(changed);
        if (again && isSameBut(*root, *again, key, value)) {
            return changed;
        }
    }
    return fail(ErrorCode::Unsupported,
                fmt::format("The '{}' in line {} can't be changed without changing what is around it; change it in "
                            "the file.",
                            key, node->at.line));
}

} // namespace meshbone::catalog
