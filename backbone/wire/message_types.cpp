// SPDX-License-Identifier: Apache-2.0
#include "wire/message_types.h"

#include "wire/codec.h"
#include "wire/messages/alter_configs.h"
#include "wire/messages/alter_user_scram_credentials.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/create_acls.h"
#include "wire/messages/create_partitions.h"
#include "wire/messages/create_topics.h"
#include "wire/messages/delete_acls.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/describe_acls.h"
#include "wire/messages/describe_cluster.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/describe_groups.h"
#include "wire/messages/describe_log_dirs.h"
#include "wire/messages/describe_user_scram_credentials.h"
#include "wire/messages/fetch.h"
#include "wire/messages/find_coordinator.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/incremental_alter_configs.h"
#include "wire/messages/init_producer_id.h"
#include "wire/messages/join_group.h"
#include "wire/messages/leave_group.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/list_offsets.h"
#include "wire/messages/metadata.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/offset_delete.h"
#include "wire/messages/offset_fetch.h"
#include "wire/messages/offset_for_leader_epoch.h"
#include "wire/messages/produce.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"
#include "wire/messages/sync_group.h"

#include <array>

namespace meshbone::backbone::wire {
namespace {

template <class M>
class Typed final : public AnyMessage {
public:
    Status decode(std::string_view body, Version version) override {
        auto message = decodeBody<M>(body, version);
        if (!message) {
            return std::unexpected(std::move(message.error()));
        }
        m_message = std::move(*message);
        return {};
    }
    std::string encode(Version version) const override { return encodeBody(m_message, version); }
    void inspect(Inspector& inspector, Version version) override { wire::inspect(inspector, m_message, version); }

private:
    M m_message;
};

template <class M>
constexpr MessageType typeOf() {
    return {M::kKey, M::kIsRequest, M::kName, M::kVersions,
            []() -> std::unique_ptr<AnyMessage> { return std::make_unique<Typed<M>>(); }};
}

constexpr auto kTypes = std::to_array<MessageType>({
    typeOf<ProduceRequest>(),
    typeOf<ProduceResponse>(),
    typeOf<FetchRequest>(),
    typeOf<FetchResponse>(),
    typeOf<ListOffsetsRequest>(),
    typeOf<ListOffsetsResponse>(),
    typeOf<MetadataRequest>(),
    typeOf<MetadataResponse>(),
    typeOf<OffsetCommitRequest>(),
    typeOf<OffsetCommitResponse>(),
    typeOf<OffsetFetchRequest>(),
    typeOf<OffsetFetchResponse>(),
    typeOf<FindCoordinatorRequest>(),
    typeOf<FindCoordinatorResponse>(),
    typeOf<JoinGroupRequest>(),
    typeOf<JoinGroupResponse>(),
    typeOf<HeartbeatRequest>(),
    typeOf<HeartbeatResponse>(),
    typeOf<LeaveGroupRequest>(),
    typeOf<LeaveGroupResponse>(),
    typeOf<SyncGroupRequest>(),
    typeOf<SyncGroupResponse>(),
    typeOf<DescribeGroupsRequest>(),
    typeOf<DescribeGroupsResponse>(),
    typeOf<ListGroupsRequest>(),
    typeOf<ListGroupsResponse>(),
    typeOf<SaslHandshakeRequest>(),
    typeOf<SaslHandshakeResponse>(),
    typeOf<ApiVersionsRequest>(),
    typeOf<ApiVersionsResponse>(),
    typeOf<CreateTopicsRequest>(),
    typeOf<CreateTopicsResponse>(),
    typeOf<DeleteTopicsRequest>(),
    typeOf<DeleteTopicsResponse>(),
    typeOf<DeleteRecordsRequest>(),
    typeOf<DeleteRecordsResponse>(),
    typeOf<InitProducerIdRequest>(),
    typeOf<InitProducerIdResponse>(),
    typeOf<OffsetForLeaderEpochRequest>(),
    typeOf<OffsetForLeaderEpochResponse>(),
    typeOf<DescribeAclsRequest>(),
    typeOf<DescribeAclsResponse>(),
    typeOf<CreateAclsRequest>(),
    typeOf<CreateAclsResponse>(),
    typeOf<DeleteAclsRequest>(),
    typeOf<DeleteAclsResponse>(),
    typeOf<DescribeConfigsRequest>(),
    typeOf<DescribeConfigsResponse>(),
    typeOf<AlterConfigsRequest>(),
    typeOf<AlterConfigsResponse>(),
    typeOf<DescribeLogDirsRequest>(),
    typeOf<DescribeLogDirsResponse>(),
    typeOf<SaslAuthenticateRequest>(),
    typeOf<SaslAuthenticateResponse>(),
    typeOf<CreatePartitionsRequest>(),
    typeOf<CreatePartitionsResponse>(),
    typeOf<DeleteGroupsRequest>(),
    typeOf<DeleteGroupsResponse>(),
    typeOf<IncrementalAlterConfigsRequest>(),
    typeOf<IncrementalAlterConfigsResponse>(),
    typeOf<OffsetDeleteRequest>(),
    typeOf<OffsetDeleteResponse>(),
    typeOf<DescribeUserScramCredentialsRequest>(),
    typeOf<DescribeUserScramCredentialsResponse>(),
    typeOf<AlterUserScramCredentialsRequest>(),
    typeOf<AlterUserScramCredentialsResponse>(),
    typeOf<DescribeClusterRequest>(),
    typeOf<DescribeClusterResponse>(),
});
static_assert(kTypes.size() == 2 * kApis.size());

} // namespace

std::span<const MessageType> messageTypes() {
    return kTypes;
}

} // namespace meshbone::backbone::wire
