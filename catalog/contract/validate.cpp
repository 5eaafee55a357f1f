// SPDX-License-Identifier: Apache-2.0
#include "contract/document.h"
#include "contract/standards.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace meshbone::catalog {
namespace {

/// A place in the tree by a JSON pointer, as far as it leads.
struct Found {
    const YamlNode* node = nullptr;
    FilePlace at;      ///< of its key where it has one
    std::string words; ///< "schema[0].name"
};

std::string unescaped(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool isEscape = token[i] == '~' && i + 1 < token.size();
        out += isEscape ? (token[++i] == '1' ? '/' : '~') : token[i];
    }
    return out;
}

/// The index that a token is; the size where it is none.
std::size_t indexIn(std::string_view token, std::size_t size) {
    std::size_t index = size;
    const char* end = token.data() + token.size();
    const auto [stop, error] = std::from_chars(token.data(), end, index);
    return error == std::errc() && stop == end ? std::min(index, size) : size;
}

Found atPointer(const YamlNode& root, std::string_view pointer) {
    Found found{&root, root.at, {}};
    while (!pointer.empty() && found.node != nullptr) {
        pointer.remove_prefix(1);
        const std::string token = unescaped(pointer.substr(0, pointer.find('/')));
        pointer = pointer.find('/') == std::string_view::npos ? std::string_view() : pointer.substr(pointer.find('/'));
        const YamlNode& here = *found.node;
        found.node = nullptr;
        if (here.kind == YamlNode::Kind::List) {
            found.words += fmt::format("[{}]", token);
            if (const auto index = indexIn(token, here.items.size()); index < here.items.size()) {
                found.node = &here.items[index];
                found.at = found.node->at;
            }
            continue;
        }
        found.words += (found.words.empty() ? "" : ".") + token;
        const auto key = std::ranges::find(here.keys, token) - here.keys.begin();
        if (here.kind == YamlNode::Kind::Map && key < std::ssize(here.keys)) {
            found.node = &here.items[static_cast<std::size_t>(key)];
            found.at = here.keyPlaces[static_cast<std::size_t>(key)];
        }
    }
    return found;
}

/// A number, a truth or nothing where a text is wanted: what is missing are quotes.
bool lacksQuotes(const YamlNode* node, const JsonFailure& failure) {
    return node != nullptr && node->isPlain && plainKind(*node) != PlainKind::Text && failure.keyword == "type" &&
           failure.message.find("string") != std::string::npos;
}

FileProblem problemOf(const YamlNode& root, const JsonFailure& failure) {
    const Found found = atPointer(root, failure.path);
    const bool isNamed = found.words.empty() || failure.message.find("`" + found.words + "`") != std::string::npos;
    std::string sentence = isNamed ? failure.message : found.words + ": " + failure.message;
    if (lacksQuotes(found.node, failure)) {
        sentence += " Put it in quotes.";
    }
    return {found.at, std::move(sentence)};
}

} // namespace

std::vector<FileProblem> validateContract(const Contract& contract) {
    const auto root = readContractYaml(contract.text);
    if (!root) {
        return {root.error()};
    }
    const Standard standard = standardOf(contract.kind, contract.apiVersion);
    const auto validator = validatorOf(standard);
    if (!validator) {
        return {{{}, fmt::format("The schema of {} can't be read. {}", standard.name, validator.error().message)}};
    }
    std::vector<FileProblem> problems;
    for (const JsonFailure& failure : validator->failures(jsonOf(*root))) {
        FileProblem problem = problemOf(*root, failure);
        if (problems.size() < kMaxContractProblems && std::ranges::find(problems, problem) == problems.end()) {
            problems.push_back(std::move(problem));
        }
    }
    std::ranges::stable_sort(problems, {},
                             [](const FileProblem& one) { return std::pair(one.at.line, one.at.column); });
    return problems;
}

} // namespace meshbone::catalog
