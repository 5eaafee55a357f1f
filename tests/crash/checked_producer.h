// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

struct rd_kafka_s;
struct rd_kafka_message_s;

namespace meshbone::crash {

constexpr int kPartitions = 3;

/// A librdkafka producer on a thread of its own that lives across all kills. Message n goes to partition n mod 3 with n
/// as its value; what was acknowledged is remembered with its offset.
class CheckedProducer {
public:
    enum class Kind : std::uint8_t {
        Idempotent, ///< retries as long as it takes: every message must be there once, in order
        Plain,      ///< acks=all without retries: what is acknowledged must be there once, in order
    };
    static constexpr std::int64_t kNotAcknowledged = -1;

    CheckedProducer(Kind kind, std::string topic, const std::string& bootstrap);
    ~CheckedProducer();
    CheckedProducer(const CheckedProducer&) = delete;
    CheckedProducer& operator=(const CheckedProducer&) = delete;

    /// Stops producing and waits until every message has its fate; an error text or empty.
    std::string finish();

    [[nodiscard]] const std::string& topic() const { return m_topic; }
    [[nodiscard]] Kind kind() const { return m_kind; }
    /// Offset by message; complete after finish().
    [[nodiscard]] const std::vector<std::int64_t>& offsets() const { return m_offsets; }
    [[nodiscard]] std::int64_t acknowledged() const { return m_acknowledged.load(); }

private:
    static void delivered(rd_kafka_s* client, const rd_kafka_message_s* message, void* self);
    void run();
    void produceSome();

    Kind m_kind;
    std::string m_topic;
    rd_kafka_s* m_client = nullptr;
    std::vector<std::int64_t> m_offsets; ///< the thread's, until it has ended
    std::string m_error;
    std::atomic<std::int64_t> m_acknowledged{0};
    std::atomic<bool> m_stop{false};
    std::thread m_thread;
};

} // namespace meshbone::crash
