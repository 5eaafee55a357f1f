// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/connection_notes.h"

#include <backbone/client.h>

#include <librdkafka/rdkafka.h>

#include <functional>
#include <memory>
#include <vector>

namespace meshbone::backbone {

/// Turns a C destroy function into a deleter, so that every object of librdkafka has exactly one owner.
template <auto Destroy>
struct DestroyBy {
    template <class T>
    void operator()(T* object) const {
        Destroy(object);
    }
};
using ConfPtr = std::unique_ptr<rd_kafka_conf_t, DestroyBy<rd_kafka_conf_destroy>>;
using QueuePtr = std::unique_ptr<rd_kafka_queue_t, DestroyBy<rd_kafka_queue_destroy>>;
using EventPtr = std::unique_ptr<rd_kafka_event_t, DestroyBy<rd_kafka_event_destroy>>;
using TopicPtr = std::unique_ptr<rd_kafka_topic_t, DestroyBy<rd_kafka_topic_destroy>>;
using PartitionListPtr =
    std::unique_ptr<rd_kafka_topic_partition_list_t, DestroyBy<rd_kafka_topic_partition_list_destroy>>;
using MetadataPtr = std::unique_ptr<const rd_kafka_metadata_t, DestroyBy<rd_kafka_metadata_destroy>>;
using KafkaErrorPtr = std::unique_ptr<rd_kafka_error_t, DestroyBy<rd_kafka_error_destroy>>;
using HeadersPtr = std::unique_ptr<rd_kafka_headers_t, DestroyBy<rd_kafka_headers_destroy>>;

/// Properties by librdkafka's names, applied in order after a profile's own.
using Properties = std::vector<std::pair<std::string, std::string>>;

/// A profile and further properties as librdkafka's configuration; says which property is refused and why.
Result<ConfPtr> buildConf(const Profile& profile, const Properties& extra);

/// One client instance of librdkafka with what its callbacks need. Its callbacks never print: errors and log lines go
/// to notes(). Shared, because an abandoned call may outlive the one who made it. Thread-safe as far as librdkafka is.
class Handle {
public:
    using DeliverySink = std::function<void(const rd_kafka_message_t&)>;

    /// `onDelivery` runs on the thread that polls a producer; it is unused for consumers.
    static Result<std::shared_ptr<Handle>> create(rd_kafka_type_t type, const Profile& profile, const Properties& extra,
                                                  DeliverySink onDelivery = {});
    ~Handle();
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    [[nodiscard]] rd_kafka_t* get() const { return m_kafka; }
    [[nodiscard]] ConnectionNotes& notes() { return m_notes; }
    /// Serves callbacks (errors, deliveries) for at most so long.
    void poll(std::chrono::milliseconds timeout) { rd_kafka_poll(m_kafka, static_cast<int>(timeout.count())); }

private:
    Handle() = default;
    static void onError(rd_kafka_t*, int code, const char* reason, void* opaque);
    static void onLog(const rd_kafka_t*, int level, const char* facility, const char* text);
    static void onDeliveryReport(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque);

    ConnectionNotes m_notes;
    DeliverySink m_onDelivery;
    rd_kafka_t* m_kafka = nullptr;
};

} // namespace meshbone::backbone
