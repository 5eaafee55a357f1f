// SPDX-License-Identifier: Apache-2.0
// Who may by the access control lists that are in force.
#include "lineage/overlay_adder.h"

#include <catalog/access_explain.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::ui {

namespace {

using backbone::Operation;
using backbone::ResourceKind;
using lineage::Edge;
using lineage::Node;

/// What the ACLs allow, and whether somebody agreed to it.
class Allowed {
public:
    Allowed(const AclsInForce& acls, const GrantsInForce& grants)
        : m_acls(acls)
        , m_grants(grants) {}

    [[nodiscard]] bool mayFromSomewhere(const std::string& principal, const std::string& topic,
                                        Operation operation) const {
        const auto& table = *m_acls.table;
        if (!catalog::topicsOf({table}, principal, {}, operation, std::span(&topic, 1)).empty()) {
            return true;
        }
        for (const std::string_view whose : {std::string_view(principal), backbone::kAnyPrincipal}) {
            for (const auto* binding : table.covering(ResourceKind::Topic, topic, whose)) {
                if (binding->host != backbone::kAnyHost &&
                    table.decide({principal, binding->host, operation, ResourceKind::Topic, topic}).allowed) {
                    return true;
                }
            }
        }
        return false;
    }

    /// A mesh in which nothing is granted isn't governed by grants: then all is as agreed.
    [[nodiscard]] bool isAgreed(std::string_view principal, const std::string& topic, bool reads,
                                std::span<const backbone::AclBinding* const> by) const {
        const auto wanted = [&](const backbone::AclBinding* one) {
            return m_acls.wanted != nullptr && m_acls.wanted->contains(*one);
        };
        return m_grants.scopes.empty() || clientOf(principal) == m_grants.superUser ||
               std::ranges::any_of(by, wanted) || m_grants.covers(std::string(principal), topic, reads);
    }
    [[nodiscard]] std::vector<const backbone::AclBinding*>
    allowing(const std::string& principal, const std::string& topic, Operation operation) const {
        std::vector<const backbone::AclBinding*> by;
        for (const std::string_view whose : {std::string_view(principal), backbone::kAnyPrincipal}) {
            for (const auto* one : m_acls.table->covering(ResourceKind::Topic, topic, whose)) {
                if (one->permission == backbone::Permission::Allow && concerns(*one, operation)) {
                    by.push_back(one);
                }
            }
        }
        return by;
    }

private:
    const AclsInForce& m_acls;
    const GrantsInForce& m_grants;
};

/// Of what was seen, what the ACLs allow now stays; what nobody agreed to is marked.
void judgeSeen(OverlaidGraph& result, const Allowed& allowed, const GrantsInForce& grants) {
    std::unordered_map<int, const Node*> nodes;
    for (const auto& node : result.graph.nodes) {
        nodes.emplace(node.id, &node);
    }
    QSet<QPair<int, int>> refused;
    for (auto& edge : result.graph.edges) {
        const auto *from = nodes[edge.from], *to = nodes[edge.to];
        const bool reads = isTopic(from) && isClient(to);
        if (edge.evidence == lineage::Evidence::Declared || (!reads && !(isClient(from) && isTopic(to)))) {
            continue;
        }
        const auto& client = reads ? *to : *from;
        const auto& topic = reads ? from->name : to->name;
        const auto operation = reads ? Operation::Read : Operation::Write;
        const auto principal = principalOf(client);
        if (client.name != grants.superUser && !allowed.mayFromSomewhere(principal, topic, operation)) {
            refused.insert({edge.from, edge.to});
            continue;
        }
        edge.granted = allowed.isAgreed(principal, topic, reads, allowed.allowing(principal, topic, operation));
        if (!edge.granted) {
            result.unagreed.insert({edge.from, edge.to});
        }
    }
    std::erase_if(result.graph.edges, [&](const Edge& edge) {
        return edge.evidence == lineage::Evidence::Declared || refused.contains({edge.from, edge.to});
    });
}

void addMay(OverlaidGraph& result, const Allowed& allowed, const AclsInForce& acls) {
    OverlayAdder adder(result);
    for (const auto& [topic, name] : adder.topics()) {
        bool everybody = false;
        for (const bool reads : {true, false}) {
            const auto answer =
                catalog::whoMay(*acls.table, reads ? Operation::Read : Operation::Write, ResourceKind::Topic, name);
            everybody = everybody || answer.everybodyBySetting;
            for (const auto& row : answer.rows) {
                if (row.principal == backbone::kAnyPrincipal) {
                    everybody = true;
                } else if (!result.isCut && row.shutOutBy == nullptr) { // more would tell nobody anything
                    adder.add(row.principal, topic, reads, allowed.isAgreed(row.principal, name, reads, row.by));
                }
            }
        }
        result.everybody += everybody ? 1 : 0;
    }
}

} // namespace

void overlayAcls(OverlaidGraph& result, const GrantsInForce& grants, const AclsInForce& acls) {
    const Allowed allowed(acls, grants);
    judgeSeen(result, allowed, grants);
    addMay(result, allowed, acls);
}

} // namespace meshbone::ui
