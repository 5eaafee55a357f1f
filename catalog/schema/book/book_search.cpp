// SPDX-License-Identifier: Apache-2.0
#include "schema/book/book_inside.h"

#include <catalog/json_tree.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {

namespace {

/// In the order in which a line has them.
constexpr std::array<std::string_view, 5> kFieldParts{"field", "type", "tag", "alias", "doc"};
constexpr std::array<std::string_view, 4> kSchemaParts{"subject", "name", "metadata", "doc"};

std::string lower(std::string_view text) {
    std::string small(text);
    std::ranges::transform(small, small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '\n' ? ' ' : c;
    });
    return small;
}

/// The words of metadata: names and values without JSON's own characters.
std::string metadataWords(const std::string& metadata) {
    auto words = metadata;
    std::ranges::replace_if(
        words, [](char c) { return c == '"' || c == '{' || c == '}' || c == '[' || c == ']'; }, ' ');
    return words;
}

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find(' ', begin), text.size());
        if (end > begin) {
            words.push_back(lower(std::string_view(text).substr(begin, end - begin)));
        }
        begin = end + 1;
    }
    return words;
}

/// Which part of a line the first word is in.
std::string partWith(std::string_view text, std::string_view word, bool isField) {
    const auto at = text.find(word);
    const auto index = static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
    return std::string(isField ? kFieldParts[std::min(index, kFieldParts.size() - 1)]
                               : kSchemaParts[std::min(index, kSchemaParts.size() - 1)]);
}

} // namespace

void SchemaBook::Inside::makeSearchLines() const {
    for (std::size_t i = 0; i < versions.size(); ++i) {
        const auto& version = versions[i];
        const auto index = static_cast<std::uint32_t>(i);
        const auto schema = cache.parsed(state, SubjectName::parse(version.subject).context, *version.definition);
        const auto name = schema ? (*schema)->name() : std::string();
        searchLines.push_back({index,
                               {},
                               lower(version.subject) + "\n" + lower(name) + "\n" +
                                   lower(metadataWords(version.definition->metadata)) + "\n" +
                                   (schema ? lower((*schema)->doc()) : std::string())});
        if (!schema) {
            continue;
        }
        for (const auto& field : (*schema)->fields()) {
            searchLines.push_back({index, field.path,
                                   lower(field.path) + "\n" + lower(field.type) + "\n" +
                                       lower(fmt::format("{}", fmt::join(field.tags, " "))) + "\n" +
                                       lower(fmt::format("{}", fmt::join(field.aliases, " "))) + "\n" +
                                       lower(field.doc)});
        }
    }
}

std::vector<SchemaHit> SchemaBook::search(const std::string& text, std::size_t most) const {
    std::call_once(m_inside->searchMade, [this] { m_inside->makeSearchLines(); });
    const auto words = wordsOf(text);
    std::vector<SchemaHit> latest, older;
    if (words.empty()) {
        return latest;
    }
    const std::string* ofSchema = nullptr; // the line of the schema that the fields after it are of
    for (const auto& line : m_inside->searchLines) {
        const auto has = [&](const std::string& word) { return line.text.find(word) != std::string::npos; };
        const auto isOfSchema = [&](const std::string& word) { return ofSchema->find(word) != std::string::npos; };
        ofSchema = line.field.empty() ? &line.text : ofSchema;
        // "airport code" finds the field code of Airport: words that say which schema may stand beside those of the
        // field.
        const auto first = std::ranges::find_if(words, has);
        if (first == words.end() ||
            !std::ranges::all_of(words, [&](const std::string& word) { return has(word) || isOfSchema(word); })) {
            continue;
        }
        const auto& version = m_inside->versions[line.version];
        const auto isLast = line.version + 1 == m_inside->versions.size() ||
                            m_inside->versions[line.version + 1].subject != version.subject;
        auto& hits = isLast && !version.isDeleted ? latest : older;
        if (hits.size() < most) {
            hits.push_back({line.version, line.field, partWith(line.text, *first, !line.field.empty())});
        }
    }
    std::ranges::move(older, std::back_inserter(latest));
    latest.resize(std::min(latest.size(), most));
    return latest;
}

} // namespace meshbone::catalog
