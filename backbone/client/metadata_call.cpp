// SPDX-License-Identifier: Apache-2.0
#include "client/metadata_call.h"

#include "client/admin_call.h"
#include "client/kafka_errors.h"

#include <pthread.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

namespace meshbone::backbone {

namespace {

struct Pending {
    std::mutex mutex;
    std::condition_variable ready;
    bool done = false;
    std::atomic<bool> abandoned = false; ///< nobody waits any more
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    MetadataPtr metadata;
};

void ask(const std::shared_ptr<Handle>& handle, const std::shared_ptr<Pending>& pending, int timeoutMs) {
    pthread_setname_np(pthread_self(), "mb-metadata");
    const rd_kafka_metadata_t* metadata = nullptr;
    auto code = RD_KAFKA_RESP_ERR_NO_ERROR;
    const auto until = Deadline::Clock::now() + std::chrono::milliseconds(timeoutMs);
    do { // a connection that breaks in between ends the call early; the time that is left is for another one
        code = rd_kafka_metadata(handle->get(), 1, nullptr, &metadata, timeoutMs);
        timeoutMs =
            static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(until - Deadline::Clock::now()).count());
    } while (isPassing(code) && timeoutMs > 0 && !pending->abandoned);
    const std::scoped_lock lock(pending->mutex);
    pending->code = code;
    pending->metadata.reset(metadata);
    pending->done = true;
    pending->ready.notify_all();
}

} // namespace

Result<MetadataPtr> allMetadata(const std::shared_ptr<Handle>& handle, const Deadline& deadline) {
    constexpr std::string_view kDoing = "list the topics";
    auto pending = std::make_shared<Pending>();
    try {
        std::thread(ask, handle, pending, static_cast<int>(std::max<std::int64_t>(deadline.left().count(), 1)))
            .detach();
    } catch (const std::system_error&) {
        return fail(ErrorCode::Exhausted, "Could not list the topics: the system has no thread left.");
    }
    struct Abandon {
        Pending& pending;
        ~Abandon() { pending.abandoned = true; }
    } const abandon{*pending};
    std::unique_lock lock(pending->mutex);
    while (!pending->ready.wait_for(lock, Deadline::kSlice, [&] { return pending->done; })) {
        handle->poll(std::chrono::milliseconds(0));
        if (deadline.cancelled() || deadline.passed()) {
            return std::unexpected(gaveUp(handle->notes(), kDoing, deadline));
        }
        if (auto reason = hopeless(handle->notes(), kDoing, deadline)) {
            return std::unexpected(std::move(*reason));
        }
    }
    if (pending->code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (isPassing(pending->code)) {
            return std::unexpected(gaveUp(handle->notes(), kDoing, deadline));
        }
        return std::unexpected(kafkaError(pending->code, kDoing));
    }
    handle->notes().answered();
    return std::move(pending->metadata);
}

} // namespace meshbone::backbone
