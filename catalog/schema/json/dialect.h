// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/value.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace meshbone::catalog::jsonschema {

/// In order of time.
enum class Draft : std::uint8_t { Draft4, Draft6, Draft7, Draft2019, Draft2020 };

/// Groups of keywords that a metaschema can leave out ($vocabulary, from 2019-09 on).
enum class Vocabulary : std::uint8_t { Core, Applicator, Validation, Unevaluated, Format, Annotation };

/// Which keywords count, and how. Value type.
struct Dialect {
    Draft draft = Draft::Draft7;
    std::uint8_t vocabularies = 0xff; ///< a bit for each Vocabulary
    bool assertsFormat = false;       ///< by its vocabulary, whatever the options say

    [[nodiscard]] bool has(Vocabulary vocabulary) const {
        return (vocabularies & (1U << static_cast<unsigned>(vocabulary))) != 0;
    }
};

/// The draft that a `$schema` names, with or without '#' at its end, by http or https.
std::optional<Draft> draftOf(std::string_view schemaUri);
/// "draft-07", "2020-12": for sentences.
std::string_view draftName(Draft draft);
/// What a metaschema of somebody else's says of its vocabularies; its own draft is `draft`.
Dialect dialectOf(const Value& metaschema, Draft draft);
/// The text of a metaschema or vocabulary of the five drafts, by its URI without '#'; empty where there is none.
std::string_view metaschemaText(std::string_view uri);

} // namespace meshbone::catalog::jsonschema
