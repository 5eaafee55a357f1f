// SPDX-License-Identifier: Apache-2.0
#include "client/admin.h"

namespace meshbone::backbone {

Result<ClusterInfo> KafkaAdmin::cluster(const CallOptions& options) {
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_DESCRIBECLUSTER, Deadline(options));
    rd_kafka_DescribeCluster(call.kafka(), call.options(), call.queue());
    auto event = call.wait("reach the cluster");
    if (!event) {
        return std::unexpected(event.error());
    }
    const auto* result = rd_kafka_event_DescribeCluster_result(event->get());
    ClusterInfo info;
    if (const char* id = rd_kafka_DescribeCluster_result_cluster_id(result)) {
        info.clusterId = id;
    }
    if (const auto* controller = rd_kafka_DescribeCluster_result_controller(result)) {
        info.controller = rd_kafka_Node_id(controller);
    }
    std::size_t count = 0;
    const auto** nodes = rd_kafka_DescribeCluster_result_nodes(result, &count);
    for (std::size_t i = 0; i < count; ++i) {
        info.nodes.push_back({rd_kafka_Node_id(nodes[i]), rd_kafka_Node_host(nodes[i]), rd_kafka_Node_port(nodes[i])});
    }
    return info;
}

Result<std::unique_ptr<InnerAdmin>> openInnerAdmin(const Profile& profile) {
    auto handle = Handle::create(RD_KAFKA_PRODUCER, profile, {});
    if (!handle) {
        return std::unexpected(handle.error());
    }
    return std::unique_ptr<InnerAdmin>(std::make_unique<KafkaAdmin>(std::move(*handle), profile));
}

Result<std::unique_ptr<Admin>> openAdmin(const Profile& profile) {
    auto admin = openInnerAdmin(profile);
    if (!admin) {
        return std::unexpected(admin.error());
    }
    return std::unique_ptr<Admin>(std::move(*admin));
}

} // namespace meshbone::backbone
