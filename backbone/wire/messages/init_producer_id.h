// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"

#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace meshbone::backbone::wire {

/// Asks for a producer id; a null transactionalId is the idempotent producer (KIP-98, KIP-360).
struct InitProducerIdRequest {
    static constexpr ApiKey kKey = ApiKey::InitProducerId;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "InitProducerIdRequest";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 2;

    std::optional<std::string_view> transactionalId;
    std::int32_t transactionTimeoutMs = 0;
    ProducerId producerId{-1};
    ProducerEpoch producerEpoch{-1};

    template <class V>
    static void describe(V& v) {
        v("transactionalId", &InitProducerIdRequest::transactionalId, nullable());
        v("transactionTimeoutMs", &InitProducerIdRequest::transactionTimeoutMs);
        v("producerId", &InitProducerIdRequest::producerId, since(3));
        v("producerEpoch", &InitProducerIdRequest::producerEpoch, since(3));
    }
};

/// The producer id and epoch.
struct InitProducerIdResponse {
    static constexpr ApiKey kKey = ApiKey::InitProducerId;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "InitProducerIdResponse";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 2;

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    ProducerId producerId{-1};
    ProducerEpoch producerEpoch;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &InitProducerIdResponse::throttleTimeMs);
        v("errorCode", &InitProducerIdResponse::errorCode);
        v("producerId", &InitProducerIdResponse::producerId);
        v("producerEpoch", &InitProducerIdResponse::producerEpoch);
    }
};

} // namespace meshbone::backbone::wire
