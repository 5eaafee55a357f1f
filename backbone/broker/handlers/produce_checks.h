// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/services.h"
#include "record/batch.h"
#include "wire/messages/produce.h"

namespace meshbone::backbone::broker {

/// What a client's batch must satisfy before the log looks at it: one batch, no transaction, a codec that the request's
/// version may use, and what the write check of the topic says, whose refusals go to `refused` too. Errors carry the
/// protocol's code.
Status checkProducedBatch(Services& services, const RequestContext& context, const Topic& topic, Partition partition,
                          std::string_view records, std::vector<RefusedRecord>& refused);

/// The positions of records without key in a batch; for the answer to INVALID_RECORD on a compacted topic (KIP-467).
std::vector<std::int32_t> keylessRecords(std::string_view records);

} // namespace meshbone::backbone::broker
