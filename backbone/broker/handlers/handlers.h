// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/handler.h"
#include "broker/services.h"

#include <vector>

namespace meshbone::backbone::broker {

// One in each file of this folder. `services` must outlive the handler.
Handler metadataHandler(Services& services);
Handler produceHandler(Services& services);
Handler fetchHandler(Services& services);
Handler listOffsetsHandler(Services& services);
Handler createTopicsHandler(Services& services);
Handler deleteTopicsHandler(Services& services);
Handler createPartitionsHandler(Services& services);
Handler describeConfigsHandler(Services& services);
Handler alterConfigsHandler(Services& services);
Handler incrementalAlterConfigsHandler(Services& services);
Handler deleteRecordsHandler(Services& services);
Handler initProducerIdHandler(Services& services);
Handler offsetForLeaderEpochHandler(Services& services);
Handler describeClusterHandler(Services& services);
Handler describeLogDirsHandler(Services& services);
Handler describeAclsHandler(Services& services);
Handler createAclsHandler(Services& services);
Handler deleteAclsHandler(Services& services);
Handler describeScramUsersHandler(Services& services);
Handler alterScramUsersHandler(Services& services);

/// All of them, for the table by API key.
std::vector<HandlerEntry> brokerHandlers(Services& services);

} // namespace meshbone::backbone::broker
