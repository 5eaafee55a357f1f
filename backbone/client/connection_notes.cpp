// SPDX-License-Identifier: Apache-2.0
#include "client/connection_notes.h"

#include "client/kafka_errors.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

namespace meshbone::backbone {

void ConnectionNotes::trouble(int code, std::string_view text) {
    const auto now = Clock::now();
    const std::scoped_lock lock(m_mutex);
    const bool allDown = code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN;
    if (allDown && m_trouble) { // says less than the error of the connection that came before it
        m_trouble->allDown = true;
        m_trouble->lastAt = now;
        return;
    }
    auto error = connectionError(code, text);
    if (!m_trouble) {
        m_trouble = Trouble{std::move(error), now, now, allDown};
        return;
    }
    m_trouble->error = std::move(error);
    m_trouble->lastAt = now;
}

void ConnectionNotes::line(int level, std::string_view facility, std::string_view text) {
    const std::scoped_lock lock(m_mutex);
    m_lines.push_back(fmt::format("{} {} {}", level, facility, text));
    if (m_lines.size() > kMaxLines) {
        m_lines.pop_front();
    }
}

void ConnectionNotes::answered() {
    const std::scoped_lock lock(m_mutex);
    m_trouble.reset();
}

std::optional<ConnectionNotes::Trouble> ConnectionNotes::lastTrouble() const {
    const std::scoped_lock lock(m_mutex);
    return m_trouble;
}

std::vector<std::string> ConnectionNotes::lines() const {
    const std::scoped_lock lock(m_mutex);
    return {m_lines.begin(), m_lines.end()};
}

} // namespace meshbone::backbone
