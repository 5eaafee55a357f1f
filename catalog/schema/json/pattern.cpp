// SPDX-License-Identifier: Apache-2.0
#include "schema/json/pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr std::int64_t kMostMemory = 2 << 20; ///< of one pattern

} // namespace

Pattern::Pattern(std::unique_ptr<re2::RE2> compiled)
    : m_compiled(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::of(std::string_view ecma) {
    auto translated = translatePattern(ecma);
    if (!translated) {
        return std::unexpected(std::move(translated.error()));
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kMostMemory);
    auto compiled = std::make_unique<re2::RE2>(*translated, options);
    if (!compiled->ok()) {
        return fail(ErrorCode::InvalidArgument, fmt::format("The pattern can't be used: {}.", compiled->error()));
    }
    return Pattern(std::move(compiled));
}

bool Pattern::isIn(std::string_view text) const {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *m_compiled);
}

std::size_t Pattern::size() const {
    return static_cast<std::size_t>(m_compiled->ProgramSize() + m_compiled->ReverseProgramSize());
}

} // namespace meshbone::catalog::jsonschema
