// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/names.h"
#include "yaml/yaml_tree.h"

#include <catalog/access_names.h>

#include <string>

namespace meshbone::catalog {

inline constexpr std::size_t kMaxProblems = 20;

/// What is wrong with a file, as it is found.
class Problems {
public:
    void add(FilePlace at, std::string sentence) {
        if (m_found.size() < kMaxProblems) {
            m_found.push_back({at, std::move(sentence)});
        }
    }
    [[nodiscard]] bool isEmpty() const { return m_found.empty(); }
    std::vector<FileProblem> take() { return std::move(m_found); }

private:
    std::vector<FileProblem> m_found;
};

/// Takes the fields of a map one after the other, and complains of what is wrong and of what nobody asked for. Lives no
/// longer than the node and the problems.
class FileFields {
public:
    /// `what`: "product 'flights'". A node that isn't a map is complained of.
    FileFields(const YamlNode& node, std::string what, Problems& problems);
    ~FileFields() { complainOfUnknown(); }
    FileFields(const FileFields&) = delete;
    FileFields& operator=(const FileFields&) = delete;

    /// Empty where it isn't there.
    std::string text(std::string_view key);
    /// Complains where it isn't there.
    std::string needed(std::string_view key);
    std::int64_t number(std::string_view key); ///< 0 where it isn't there
    bool flag(std::string_view key);           ///< false where it isn't there
    TimestampMs time(std::string_view key);    ///< kNoEnd where it isn't there
    NamePattern pattern(std::string_view key); ///< empty name where it isn't there
    std::vector<NamePattern> patterns(std::string_view key);
    std::vector<std::string> texts(std::string_view key);
    /// The node of a map or list; null where it isn't there. "key: {}" is an empty one.
    const YamlNode* list(std::string_view key);
    const YamlNode* map(std::string_view key);
    /// One of an enumeration's names; `otherwise` where it isn't there.
    template <class Enum>
    Enum oneOf(std::string_view key, Enum otherwise) {
        const std::string said = text(key);
        const auto value = named<Enum>(said);
        if (!said.empty() && !value) {
            std::string all;
            for (const std::string_view name : Names<Enum>::kAll) {
                (all += all.empty() ? "" : ", ") += name;
            }
            complain(placeOf(key),
                     "'" + std::string(key) + "' is one of " + all + ", not '" + std::string(clipped(said)) + "'.");
        }
        return value.value_or(otherwise);
    }

    [[nodiscard]] FilePlace placeOf(std::string_view key) const; ///< of the value, or the map's own
    void complain(FilePlace at, const std::string& sentence) const;

private:
    const YamlNode* find(std::string_view key);
    std::optional<std::string> textOf(const YamlNode& node, std::string_view key) const;
    std::optional<NamePattern> patternIn(const YamlNode& node, std::string_view key) const;
    void complainOfUnknown();

    const YamlNode& m_node;
    std::string m_what;
    Problems& m_problems;
    std::vector<std::string> m_asked; ///< in the order in which they were asked for
};

} // namespace meshbone::catalog
