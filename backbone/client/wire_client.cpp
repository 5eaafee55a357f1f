// SPDX-License-Identifier: Apache-2.0
#include "client/wire_client.h"

#include "client/kafka_errors.h"
#include "client/wire_profile.h"
#include "wire/messages/metadata.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

constexpr std::chrono::milliseconds kPerAddress{5'000};
constexpr std::size_t kMaxNodes = 2000; ///< no cluster is that large; an answer that says so is not believed

Result<ClusterInfo> clusterOf(const wire::MetadataResponse& metadata) {
    if (metadata.brokers.empty() || metadata.brokers.size() > kMaxNodes) {
        return fail(ErrorCode::Unavailable, "The cluster names no broker that could be asked; it may be starting.");
    }
    ClusterInfo cluster;
    cluster.clusterId = metadata.clusterId.value_or("");
    cluster.controller = metadata.controllerId;
    for (const auto& broker : metadata.brokers) {
        cluster.nodes.push_back({broker.nodeId, broker.host, broker.port});
    }
    std::ranges::sort(cluster.nodes, {}, &NodeInfo::id);
    return cluster;
}

} // namespace

Result<std::unique_ptr<WireConnection>> WireClient::openBootstrap() {
    const auto addresses = parseBootstrap(m_profile.bootstrap);
    if (!addresses) {
        return std::unexpected(addresses.error());
    }
    Error last;
    for (const auto& address : *addresses) {
        // One that swallows what it is sent must leave time for the others.
        const auto left = addresses->size() > 1 ? std::min(m_deadline.left(), kPerAddress) : m_deadline.left();
        auto opened = WireConnection::open(m_profile, address, Deadline({left, m_deadline.stop()}));
        if (opened) {
            return opened;
        }
        last = opened.error();
        if (last.code == ErrorCode::Cancelled || last.code == ErrorCode::PermissionDenied || m_deadline.passed()) {
            break; // the others would say the same
        }
    }
    return std::unexpected(last);
}

Result<ClusterInfo> WireClient::cluster() {
    if (m_cluster) {
        return *m_cluster;
    }
    auto first = openBootstrap();
    if (!first) {
        return std::unexpected(first.error());
    }
    wire::MetadataRequest request;
    request.topics.emplace(); // none: the brokers alone
    request.allowAutoTopicCreation = false;
    const auto metadata = (*first)->call<wire::MetadataResponse>(request, "read the cluster's brokers", m_deadline);
    if (!metadata) {
        return std::unexpected(metadata.error());
    }
    auto cluster = clusterOf(*metadata);
    if (!cluster) {
        return std::unexpected(cluster.error());
    }
    // The address that answered is, as a rule, one of the nodes: its connection is kept for that one.
    for (const auto& node : cluster->nodes) {
        if (BrokerAddress{node.host, static_cast<std::uint16_t>(node.port)} == (*first)->address()) {
            m_nodes[node.id] = std::move(*first);
            break;
        }
    }
    m_cluster = *cluster;
    return cluster;
}

Result<std::int32_t> WireClient::anyNode() {
    const auto known = cluster();
    if (!known) {
        return std::unexpected(known.error());
    }
    return m_nodes.empty() ? known->nodes.front().id : m_nodes.begin()->first;
}

Result<std::int32_t> WireClient::controller() {
    const auto known = cluster();
    if (!known) {
        return std::unexpected(known.error());
    }
    // A cluster that doesn't tell forwards what it gets to the one that decides.
    const bool listed = std::ranges::find(known->nodes, known->controller, &NodeInfo::id) != known->nodes.end();
    return listed ? known->controller : anyNode();
}

Result<WireConnection*> WireClient::connection(std::int32_t node) {
    const auto known = cluster();
    if (!known) {
        return std::unexpected(known.error());
    }
    if (const auto open = m_nodes.find(node); open != m_nodes.end()) {
        return open->second.get();
    }
    const auto info = std::ranges::find(known->nodes, node, &NodeInfo::id);
    if (info == known->nodes.end()) {
        return fail(ErrorCode::NotFound, fmt::format("The cluster has no broker {}.", node));
    }
    auto opened = WireConnection::open(m_profile, {info->host, static_cast<std::uint16_t>(info->port)}, m_deadline);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    auto* connection = opened->get();
    m_nodes[node] = std::move(*opened);
    return connection;
}

} // namespace meshbone::backbone
