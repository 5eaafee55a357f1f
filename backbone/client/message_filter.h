// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>

namespace meshbone::backbone {

/// What a page of messages is searched for: an exact key, a text in key, value or header without regard to (ASCII)
/// case.
class MessageFilter {
public:
    explicit MessageFilter(const MessageQuery& query);
    /// False when everything matches.
    [[nodiscard]] bool selects() const { return m_key.has_value() || !m_contains.empty(); }
    [[nodiscard]] bool matches(const Record& record) const;

private:
    [[nodiscard]] bool holds(std::string_view text) const;

    std::optional<Bytes> m_key;
    std::string m_contains; ///< in lower case
};

} // namespace meshbone::backbone
