// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace meshbone::catalog::jsonschema {

/// A regular expression of ECMA-262, which JSON Schema uses, as RE2 understands it. So it never takes more than time
/// proportional to the text; what needs more (look-around, back references) is refused. Immutable; any thread.
class Pattern {
public:
    /// InvalidArgument with one sentence, without a place.
    static Result<Pattern> of(std::string_view ecma);
    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

    /// Whether it occurs anywhere in the text.
    [[nodiscard]] bool isIn(std::string_view text) const;
    /// How large it is once compiled, in instructions of 16 bytes.
    [[nodiscard]] std::size_t size() const;

private:
    explicit Pattern(std::unique_ptr<re2::RE2> compiled);
    std::unique_ptr<re2::RE2> m_compiled;
};

/// ECMA-262's syntax in RE2's. InvalidArgument says what RE2 can't do or what is wrong.
Result<std::string> translatePattern(std::string_view ecma);

} // namespace meshbone::catalog::jsonschema
