// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/handle.h"
#include "client/record_view.h"

#include <backbone/client.h>

#include <span>

namespace meshbone::backbone {

/// A producer's options as librdkafka's properties.
Properties producerProperties(const ProducerOptions& options);

/// Queues a copy of one record with further headers after its own; `opaque` comes back in its delivery report.
/// Exhausted when the queue is full. A timestamp of 0 is refused: librdkafka would write the present time instead.
Status sendView(rd_kafka_t* kafka, const std::string& topic, const RecordView& record,
                std::span<const HeaderView> moreHeaders, void* opaque);

/// What a delivery report says.
Result<Delivery> deliveryOf(const rd_kafka_message_t& message);

} // namespace meshbone::backbone
