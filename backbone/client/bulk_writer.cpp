// SPDX-License-Identifier: Apache-2.0
#include "client/bulk_writer.h"

#include "client/poller.h"
#include "client/record_sender.h"

#include <condition_variable>
#include <mutex>

namespace meshbone::backbone {

namespace {

class KafkaBulkWriter final : public BulkWriter {
public:
    static Result<std::unique_ptr<BulkWriter>> open(const Profile& profile, const ProducerOptions& options,
                                                    std::string topic, Delivered delivered) {
        std::unique_ptr<KafkaBulkWriter> writer(new KafkaBulkWriter(std::move(topic), std::move(delivered)));
        auto handle = Handle::create(RD_KAFKA_PRODUCER, profile, producerProperties(options),
                                     [it = writer.get()](const rd_kafka_message_t& message) { it->report(message); });
        if (!handle) {
            return std::unexpected(handle.error());
        }
        writer->m_handle = std::move(*handle);
        writer->m_poller.emplace("mb-produce", writer->m_handle);
        return std::unique_ptr<BulkWriter>(std::move(writer));
    }

    ~KafkaBulkWriter() override {
        if (m_handle) {
            rd_kafka_purge(m_handle->get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
            rd_kafka_flush(m_handle->get(), 2000);
            m_poller->stop();
        }
    }

    Status send(const RecordView& record, std::span<const HeaderView> moreHeaders, std::uint64_t token) override {
        return sendView(m_handle->get(), m_topic, record, moreHeaders, reinterpret_cast<void*>(token));
    }

    void waitForReports(std::chrono::milliseconds timeout) override {
        std::unique_lock lock(m_mutex);
        const auto seen = m_reports;
        m_reported.wait_for(lock, timeout, [&] { return m_reports != seen; });
    }

    [[nodiscard]] std::size_t queued() const override {
        return static_cast<std::size_t>(std::max(rd_kafka_outq_len(m_handle->get()), 0));
    }

    [[nodiscard]] std::optional<Error> trouble() const override {
        if (auto trouble = m_handle->notes().lastTrouble()) {
            return std::move(trouble->error);
        }
        return std::nullopt;
    }

private:
    KafkaBulkWriter(std::string topic, Delivered delivered)
        : m_topic(std::move(topic))
        , m_delivered(std::move(delivered)) {}

    void report(const rd_kafka_message_t& message) {
        const auto token = reinterpret_cast<std::uint64_t>(message._private);
        if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            m_delivered(token, Partition(message.partition), Offset(message.offset), nullptr);
        } else {
            const auto delivery = deliveryOf(message);
            m_delivered(token, Partition(message.partition), kNoOffset, &delivery.error());
        }
        if (const std::scoped_lock lock(m_mutex);
            (++m_reports & 0xff) != 0 && message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            return; // waking somebody for each record would cost more than the record
        }
        m_reported.notify_all();
    }

    std::string m_topic;
    Delivered m_delivered;
    std::mutex m_mutex;
    std::condition_variable m_reported;
    std::uint64_t m_reports = 0;
    std::shared_ptr<Handle> m_handle;
    std::optional<Poller> m_poller;
};

} // namespace

Result<std::unique_ptr<BulkWriter>> BulkWriter::open(const Profile& profile, const ProducerOptions& options,
                                                     std::string topic, Delivered delivered) {
    return KafkaBulkWriter::open(profile, options, std::move(topic), std::move(delivered));
}

} // namespace meshbone::backbone
