// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

#include <string>
#include <vector>

namespace meshbone::ui {

/// A schema's text as a person reads it. Members stay in their order and numbers as they were written: the text says
/// what was registered, only its blanks are others.
class PrettyText {
public:
    PrettyText() = default;
    /// JSON is laid out anew (short arrays and objects on one line); Protobuf, and what isn't JSON, stays as it is.
    PrettyText(catalog::SchemaType type, const std::string& source);
    [[nodiscard]] const std::string& text() const { return m_text; }
    /// Where a place of the source stands here; nowhere stays nowhere.
    [[nodiscard]] catalog::TextPlace placeOf(const catalog::TextPlace& inSource) const;

private:
    struct Token {
        std::size_t source = 0, here = 0;
    };
    std::string m_text;
    std::vector<std::size_t> m_sourceLines; ///< where each line of the source begins
    std::vector<Token> m_tokens;            ///< empty: the text is the source
};

} // namespace meshbone::ui
