// SPDX-License-Identifier: Apache-2.0
#include "ledger/author.h"

#include "ledger/command_codec.h"
#include "ledger/entry.h"
#include "product/decide.h"

#include <backbone/backbone.h>

#include <chrono>

namespace meshbone::catalog {
namespace {

TimestampMs nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

Submission Author::enrolment() const {
    return {PutPerson{m_id, m_name, publicKey()}, "The first author of this ledger.", std::nullopt};
}

Result<std::string> Author::write(const Submission& submission, const std::string& previous) const {
    auto payload = encodePayload(submission.command);
    if (!payload) {
        return payload;
    }
    Entry entry;
    entry.author = m_id;
    entry.keyId = keyIdOf(publicKey());
    entry.act = actOf(submission.command);
    entry.subject = subjectOf(submission.command);
    entry.payload = std::move(*payload);
    entry.expected = submission.expectedRevision;
    entry.why = submission.why;
    entry.timeMs = nowMs();
    entry.previous = previous;
    auto unsignedBytes = encodeEntry(entry);
    auto signature = unsignedBytes ? m_key.sign(*unsignedBytes) : std::unexpected(unsignedBytes.error());
    if (!signature) {
        return signature;
    }
    entry.signature = std::move(*signature);
    return encodeEntry(entry);
}

Result<std::int64_t> Author::append(std::string bytes, const CallOptions& options, const char* topic) {
    auto writer = producer();
    if (!writer) {
        return std::unexpected(writer.error());
    }
    Record record;
    record.topic = topic;
    record.partition = Partition(0);
    record.value = std::move(bytes);
    auto delivery = (*writer)->produceAndWait(std::move(record), options);
    if (delivery) {
        return delivery->offset.value();
    }
    Error error = namingRight(delivery.error(), "WRITE", topic);
    if (error.code == ErrorCode::Timeout) {
        error.message += " Whether the entry is in the ledger is unknown; look there before you repeat it.";
    }
    return std::unexpected(std::move(error));
}

Result<std::shared_ptr<backbone::Producer>> Author::producer() {
    const std::scoped_lock lock(m_mutex);
    if (!m_producer) {
        backbone::ProducerOptions options;
        options.linger = std::chrono::milliseconds(0); // one entry at a time, and somebody waits for it
        auto made = m_backbone.producer(options);
        if (!made) {
            return std::unexpected(made.error());
        }
        m_producer = std::move(*made);
    }
    return m_producer;
}

} // namespace meshbone::catalog
