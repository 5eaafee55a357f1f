// SPDX-License-Identifier: Apache-2.0
#include "client/producer.h"

#include "client/admin_call.h"
#include "client/kafka_errors.h"
#include "client/record_sender.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

namespace meshbone::backbone {

namespace {

/// How long produce() waits for room before it refuses.
constexpr std::chrono::seconds kRoomPatience{5};

} // namespace

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::open(const Profile& profile, const ProducerOptions& options) {
    auto properties = producerProperties(options);
    auto handle = Handle::create(RD_KAFKA_PRODUCER, profile, properties, [](const rd_kafka_message_t& message) {
        const std::unique_ptr<DeliveryCallback> done(static_cast<DeliveryCallback*>(message._private));
        if (done && *done) {
            (*done)(deliveryOf(message));
        }
    });
    if (!handle) {
        return std::unexpected(handle.error());
    }
    return std::unique_ptr<KafkaProducer>(new KafkaProducer(std::move(*handle)));
}

KafkaProducer::KafkaProducer(std::shared_ptr<Handle> handle)
    : m_handle(std::move(handle))
    , m_poller("mb-produce", m_handle) {}

KafkaProducer::~KafkaProducer() {
    rd_kafka_flush(m_handle->get(), 5000);
    // What is left now is answered with Cancelled, so that no callback is lost.
    rd_kafka_purge(m_handle->get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(m_handle->get(), 1000);
    m_poller.stop();
}

Status KafkaProducer::produce(Record record, DeliveryCallback done) {
    if (record.topic.empty()) {
        return fail(ErrorCode::InvalidArgument, "A record needs a topic to go to.");
    }
    auto callback = std::make_unique<DeliveryCallback>(std::move(done));
    const auto until = Deadline::Clock::now() + kRoomPatience;
    std::vector<HeaderView> headers;
    const auto view = viewOf(record, headers);
    while (true) {
        auto sent = sendView(m_handle->get(), record.topic, view, {}, callback.get());
        if (sent) {
            std::ignore = callback.release(); // the delivery report owns it now
            return {};
        }
        if (sent.error().code != ErrorCode::Exhausted || Deadline::Clock::now() >= until) {
            return sent;
        }
        waitForRoom();
    }
}

void KafkaProducer::waitForRoom() {
    // Room comes with delivery reports, which the poll thread serves; librdkafka has no signal for it.
    const int queued = rd_kafka_outq_len(m_handle->get());
    const auto until = Deadline::Clock::now() + std::chrono::milliseconds(20);
    while (rd_kafka_outq_len(m_handle->get()) >= queued && Deadline::Clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

Result<Delivery> KafkaProducer::produceAndWait(Record record, const CallOptions& options) {
    struct Answer {
        std::mutex mutex;
        std::condition_variable ready;
        std::optional<Result<Delivery>> result;
    };
    const Deadline deadline(options);
    const auto doing = fmt::format("write to the topic '{}'", record.topic);
    auto answer = std::make_shared<Answer>();
    auto queued = produce(std::move(record), [answer](Result<Delivery> result) {
        const std::scoped_lock lock(answer->mutex);
        answer->result = std::move(result);
        answer->ready.notify_all();
    });
    if (!queued) {
        return std::unexpected(queued.error());
    }
    std::unique_lock lock(answer->mutex);
    while (!answer->ready.wait_for(lock, deadline.slice(), [&] { return answer->result.has_value(); })) {
        if (deadline.cancelled() || deadline.passed()) {
            return std::unexpected(gaveUp(m_handle->notes(), doing, deadline));
        }
        if (auto reason = hopeless(m_handle->notes(), doing, deadline)) {
            return std::unexpected(std::move(*reason));
        }
    }
    return std::move(*answer->result);
}

Status KafkaProducer::flush(const CallOptions& options) {
    const Deadline deadline(options);
    while (rd_kafka_flush(m_handle->get(), static_cast<int>(deadline.slice().count())) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (deadline.cancelled() || deadline.passed()) {
            return std::unexpected(gaveUp(m_handle->notes(), "write everything that is queued", deadline));
        }
    }
    return {};
}

Result<std::unique_ptr<Producer>> openProducer(const Profile& profile, const ProducerOptions& options) {
    auto producer = KafkaProducer::open(profile, options);
    if (!producer) {
        return std::unexpected(producer.error());
    }
    return std::unique_ptr<Producer>(std::move(*producer));
}

} // namespace meshbone::backbone
