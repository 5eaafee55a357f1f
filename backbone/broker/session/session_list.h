// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/connection.h"

#include <map>
#include <string>
#include <string_view>

namespace meshbone::backbone::broker {

/// Which connections are logged in as whom, so that those of a user who is gone can be closed: Kafka leaves them open.
/// Loop thread only; sessions enter and leave by themselves.
class SessionList {
public:
    void add(const std::string& user, net::Connection& connection) { m_connections.emplace(user, &connection); }
    void remove(const std::string& user, const net::Connection& connection) {
        const auto [from, to] = m_connections.equal_range(user);
        for (auto at = from; at != to; ++at) {
            if (at->second == &connection) {
                m_connections.erase(at);
                return;
            }
        }
    }
    /// Closes the user's connections, with what they still wait for; returns how many. Not within a request of one of
    /// them: at the end of the turn, when its answer is written.
    std::size_t close(const std::string& user, std::string_view reason) {
        std::size_t count = 0;
        const auto [from, to] = m_connections.equal_range(user);
        for (auto at = from; at != to; ++at, ++count) {
            at->second->close(reason); // destroyed at the end of the turn, and taken from here then
        }
        return count;
    }
    [[nodiscard]] std::size_t count(const std::string& user) const { return m_connections.count(user); }

private:
    std::multimap<std::string, net::Connection*> m_connections;
};

} // namespace meshbone::backbone::broker
