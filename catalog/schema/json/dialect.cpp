// SPDX-License-Identifier: Apache-2.0
#include "schema/json/dialect.h"

#include <array>
#include <string>
#include <utility>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr std::array<std::pair<std::string_view, Draft>, 5> kDrafts{{
    {"json-schema.org/draft-04/schema", Draft::Draft4},
    {"json-schema.org/draft-06/schema", Draft::Draft6},
    {"json-schema.org/draft-07/schema", Draft::Draft7},
    {"json-schema.org/draft/2019-09/schema", Draft::Draft2019},
    {"json-schema.org/draft/2020-12/schema", Draft::Draft2020},
}};
constexpr std::array<std::string_view, 5> kNames{"draft-04", "draft-06", "draft-07", "2019-09", "2020-12"};

/// What the last part of a vocabulary's URI stands for.
constexpr std::array<std::pair<std::string_view, Vocabulary>, 9> kVocabularies{{
    {"core", Vocabulary::Core},
    {"applicator", Vocabulary::Applicator},
    {"validation", Vocabulary::Validation},
    {"unevaluated", Vocabulary::Unevaluated},
    {"format", Vocabulary::Format},
    {"format-annotation", Vocabulary::Format},
    {"format-assertion", Vocabulary::Format},
    {"meta-data", Vocabulary::Annotation},
    {"content", Vocabulary::Annotation},
}};

constexpr std::uint8_t bitOf(Vocabulary vocabulary) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(vocabulary));
}

} // namespace

std::optional<Draft> draftOf(std::string_view schemaUri) {
    if (schemaUri.ends_with('#')) {
        schemaUri.remove_suffix(1);
    }
    const auto scheme = schemaUri.find("://");
    if (scheme == std::string_view::npos ||
        (schemaUri.substr(0, scheme) != "http" && schemaUri.substr(0, scheme) != "https")) {
        return std::nullopt;
    }
    for (const auto& [uri, draft] : kDrafts) {
        if (schemaUri.substr(scheme + 3) == uri) {
            return draft;
        }
    }
    return std::nullopt;
}

std::string_view draftName(Draft draft) {
    return kNames[static_cast<std::size_t>(draft)];
}

Dialect dialectOf(const Value& metaschema, Draft draft) {
    Dialect dialect{.draft = draft};
    const Value* vocabularies = metaschema.find("$vocabulary");
    if (draft < Draft::Draft2019 || vocabularies == nullptr || !vocabularies->isObject()) {
        return dialect;
    }
    dialect.vocabularies = bitOf(Vocabulary::Core);
    for (const std::string& uri : vocabularies->members->names) {
        const auto last = std::string_view(uri).substr(uri.rfind('/') + 1);
        for (const auto& [name, vocabulary] : kVocabularies) {
            if (last == name) {
                dialect.vocabularies |= bitOf(vocabulary);
            }
        }
        dialect.assertsFormat = dialect.assertsFormat || last == "format-assertion";
    }
    if (draft == Draft::Draft2019 && dialect.has(Vocabulary::Applicator)) {
        dialect.vocabularies |= bitOf(Vocabulary::Unevaluated); // one group with the applicators until 2020-12
    }
    return dialect;
}

} // namespace meshbone::catalog::jsonschema
