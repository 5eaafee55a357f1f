// SPDX-License-Identifier: Apache-2.0
#include "client/admin_call.h"

#include "client/kafka_errors.h"

#include <fmt/format.h>

#include <array>

namespace meshbone::backbone {

namespace {

/// How long a cluster must have been out of reach before a waiting call says so instead of waiting on.
constexpr std::chrono::seconds kPatience{3};

Error because(const Error& cause, std::string_view doing) {
    return Error{cause.code, fmt::format("Could not {}: {}", doing, cause.message), cause.kafkaCode};
}

} // namespace

std::optional<Error> hopeless(const ConnectionNotes& notes, std::string_view doing, const Deadline& deadline) {
    const auto trouble = notes.lastTrouble();
    if (!trouble || trouble->lastAt < deadline.startedAt()) {
        return std::nullopt; // nothing went wrong since the call began
    }
    if (trouble->error.code == ErrorCode::PermissionDenied) {
        return because(trouble->error, doing);
    }
    const auto now = Deadline::Clock::now();
    if (trouble->allDown && now - trouble->firstAt >= kPatience &&
        now - deadline.startedAt() >= std::chrono::seconds(1)) {
        return because(trouble->error, doing);
    }
    return std::nullopt;
}

Error gaveUp(const ConnectionNotes& notes, std::string_view doing, const Deadline& deadline) {
    if (deadline.cancelled()) {
        return {ErrorCode::Cancelled, "Cancelled.", 0};
    }
    if (const auto trouble = notes.lastTrouble()) {
        return because(trouble->error, doing);
    }
    return {ErrorCode::Timeout,
            fmt::format("Could not {}: no answer came in time; whether it happened is unknown.", doing), 0};
}

AdminCall::AdminCall(std::shared_ptr<Handle> handle, rd_kafka_admin_op_t operation, const Deadline& deadline)
    : m_handle(std::move(handle))
    , m_deadline(deadline)
    , m_queue(rd_kafka_queue_new(m_handle->get()))
    , m_options(rd_kafka_AdminOptions_new(m_handle->get(), operation)) {
    std::array<char, 256> text{};
    const auto timeoutMs = static_cast<int>(std::clamp<std::int64_t>(deadline.left().count(), 1, 3'600'000));
    rd_kafka_AdminOptions_set_request_timeout(m_options.get(), timeoutMs, text.data(), text.size());
    // Not every operation has this one; where it is missing the call says so and changes nothing.
    rd_kafka_AdminOptions_set_operation_timeout(m_options.get(), timeoutMs, text.data(), text.size());
}

Result<EventPtr> AdminCall::wait(std::string_view doing) {
    auto& notes = m_handle->notes();
    while (true) {
        EventPtr event(rd_kafka_queue_poll(m_queue.get(), static_cast<int>(m_deadline.slice().count())));
        if (event) {
            const auto code = rd_kafka_event_error(event.get());
            if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
                notes.answered();
                return event;
            }
            if (errorCodeOf(code) == ErrorCode::Timeout || isPassing(code)) {
                if (const auto trouble = notes.lastTrouble()) {
                    return std::unexpected(because(trouble->error, doing));
                }
            }
            const char* detail = rd_kafka_event_error_string(event.get());
            return std::unexpected(kafkaError(code, doing, detail != nullptr ? detail : ""));
        }
        m_handle->poll(std::chrono::milliseconds(0)); // lets the error callback speak
        if (m_deadline.cancelled() || m_deadline.passed()) {
            return std::unexpected(gaveUp(notes, doing, m_deadline));
        }
        if (auto reason = hopeless(notes, doing, m_deadline)) {
            return std::unexpected(std::move(*reason));
        }
    }
}

} // namespace meshbone::backbone
