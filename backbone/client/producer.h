// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/poller.h"

#include <backbone/client.h>

namespace meshbone::backbone {

/// Producer over librdkafka. Owns the thread that serves its delivery reports.
class KafkaProducer final : public Producer {
public:
    static Result<std::unique_ptr<KafkaProducer>> open(const Profile& profile, const ProducerOptions& options);
    ~KafkaProducer() override;

    Status produce(Record record, DeliveryCallback done) override;
    Result<Delivery> produceAndWait(Record record, const CallOptions& options) override;
    Status flush(const CallOptions& options) override;

private:
    explicit KafkaProducer(std::shared_ptr<Handle> handle);
    void waitForRoom();

    std::shared_ptr<Handle> m_handle;
    Poller m_poller;
};

} // namespace meshbone::backbone
