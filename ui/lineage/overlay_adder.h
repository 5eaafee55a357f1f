// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lineage/access_overlay.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshbone::ui {

/// The client's name that stands for a principal: "alice" of "User:alice".
std::string clientOf(std::string_view principal);

/// Adds edges for rights that nobody was seen using, and the clients that have them, as many as a picture holds. The
/// result must outlive it.
class OverlayAdder {
public:
    explicit OverlayAdder(OverlaidGraph& result);
    [[nodiscard]] const std::vector<std::pair<int, std::string>>& topics() const { return m_topics; } ///< id, name
    /// Nothing is added where it was seen; where there is no room, the result says that it is cut.
    void add(std::string_view principal, int topic, bool reads, bool agreed);

private:
    int addNode(std::string_view principal, bool reads);
    void addEdge(int from, int to, bool agreed);

    OverlaidGraph& m_result;
    std::set<std::pair<int, int>> m_seen;
    std::map<std::string, int, std::less<>> m_clients;
    std::vector<std::pair<int, std::string>> m_topics;
    int m_nextId = 0;
    std::size_t m_addedClients = 0;
};

/// Leaves what the ACLs allow of what was seen, and adds what else they allow. Only where there is a table.
void overlayAcls(OverlaidGraph& result, const GrantsInForce& grants, const AclsInForce& acls);

} // namespace meshbone::ui
