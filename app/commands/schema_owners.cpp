// SPDX-License-Identifier: Apache-2.0
#include "commands/open_catalog.h"
#include "commands/schema_parts.h"

#include <algorithm>
#include <sstream>

namespace meshbone::app {

namespace {

using namespace catalog;

std::string inSmall(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

/// Whether each of the words is in one of the texts; in small letters.
bool hasWords(const std::string& words, const std::vector<std::string>& texts) {
    std::istringstream stream(words);
    bool isAny = false;
    for (std::string word; stream >> word; isAny = true) {
        if (std::ranges::none_of(texts, [&](const std::string& text) { return text.contains(word); })) {
            return false;
        }
    }
    return isAny;
}

/// The topic whose name a subject carries: of several the longest.
std::map<std::string, std::string> topicsBySubject(const SchemaBook& book,
                                                   const std::map<std::string, TopicFacts>& facts) {
    std::map<std::string, std::string> found;
    for (const auto& [topic, about] : facts) {
        for (const auto& subject : book.subjectsOfTopic(topic)) {
            auto& known = found[subject];
            known = topic.size() > known.size() ? topic : known;
        }
    }
    return found;
}

} // namespace

Result<std::vector<std::string>> subjectsOfOwners(const SchemaOptions& options, const SchemaBook& book) {
    std::vector<std::string> found;
    const auto done = tryMesh(options, Projection::AnyOne, [&](const OpenMesh& mesh) -> Status {
        std::map<std::string, std::string> domains;
        for (const auto& domain : mesh.catalog.domains()) {
            domains[domain.id] = domain.name.empty() ? domain.id : domain.name;
        }
        const auto facts = mesh.catalog.topicFacts();
        for (const auto& [subject, topic] : topicsBySubject(book, facts)) {
            const auto& about = facts.at(topic);
            const auto domain = domains.contains(about.domain) ? domains.at(about.domain) : about.domain;
            if (hasWords(inSmall(options.text), {inSmall(subject), inSmall(about.owner), inSmall(domain)})) {
                found.push_back(subject);
            }
        }
        return {};
    });
    return done ? Result<std::vector<std::string>>(std::move(found)) : std::unexpected(done.error());
}

} // namespace meshbone::app
