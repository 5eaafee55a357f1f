// SPDX-License-Identifier: Apache-2.0
#include "client/message_filter.h"

#include <algorithm>

namespace meshbone::backbone {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

MessageFilter::MessageFilter(const MessageQuery& query)
    : m_key(query.key)
    , m_contains(query.contains) {
    std::ranges::transform(m_contains, m_contains.begin(), lower);
}

bool MessageFilter::holds(std::string_view text) const {
    return !std::ranges::search(text, m_contains, {}, lower).empty();
}

bool MessageFilter::matches(const Record& record) const {
    if (m_key && record.key != m_key) {
        return false;
    }
    if (m_contains.empty()) {
        return true;
    }
    if ((record.key && holds(*record.key)) || (record.value && holds(*record.value))) {
        return true;
    }
    return std::ranges::any_of(record.headers, [&](const Header& header) {
        return holds(header.name) || (header.value && holds(*header.value));
    });
}

} // namespace meshbone::backbone
