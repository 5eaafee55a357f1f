// SPDX-License-Identifier: Apache-2.0
#include "broker/handlers/handlers.h"

namespace meshbone::backbone::broker {

std::vector<HandlerEntry> brokerHandlers(Services& services) {
    using enum wire::ApiKey;
    return {
        {Metadata, metadataHandler(services)},
        {Produce, produceHandler(services)},
        {Fetch, fetchHandler(services)},
        {ListOffsets, listOffsetsHandler(services)},
        {CreateTopics, createTopicsHandler(services)},
        {DeleteTopics, deleteTopicsHandler(services)},
        {CreatePartitions, createPartitionsHandler(services)},
        {DescribeConfigs, describeConfigsHandler(services)},
        {AlterConfigs, alterConfigsHandler(services)},
        {IncrementalAlterConfigs, incrementalAlterConfigsHandler(services)},
        {DeleteRecords, deleteRecordsHandler(services)},
        {InitProducerId, initProducerIdHandler(services)},
        {OffsetForLeaderEpoch, offsetForLeaderEpochHandler(services)},
        {DescribeCluster, describeClusterHandler(services)},
        {DescribeLogDirs, describeLogDirsHandler(services)},
        {DescribeAcls, describeAclsHandler(services)},
        {CreateAcls, createAclsHandler(services)},
        {DeleteAcls, deleteAclsHandler(services)},
        {DescribeUserScramCredentials, describeScramUsersHandler(services)},
        {AlterUserScramCredentials, alterScramUsersHandler(services)},
    };
}

} // namespace meshbone::backbone::broker
