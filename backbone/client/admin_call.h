// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/handle.h"

#include <string>

namespace meshbone::backbone {

/// One request of the admin API: options and a queue of its own, polled in slices so that the deadline and the stop
/// token hold whatever librdkafka does. An answer that comes after wait() gave up is dropped with the queue.
class AdminCall {
public:
    AdminCall(std::shared_ptr<Handle> handle, rd_kafka_admin_op_t operation, const Deadline& deadline);

    [[nodiscard]] rd_kafka_t* kafka() const { return m_handle->get(); }
    [[nodiscard]] rd_kafka_queue_t* queue() const { return m_queue.get(); }
    [[nodiscard]] rd_kafka_AdminOptions_t* options() const { return m_options.get(); }

    /// Waits for the answer. `doing` completes "Could not …". Fails with the cluster's error, Timeout, Cancelled, or
    /// early with the reason when the cluster can't be reached or does not let us in.
    Result<EventPtr> wait(std::string_view doing);

private:
    std::shared_ptr<Handle> m_handle;
    Deadline m_deadline;
    QueuePtr m_queue;
    std::unique_ptr<rd_kafka_AdminOptions_t, DestroyBy<rd_kafka_AdminOptions_destroy>> m_options;
};

/// Why a call that got no answer will get none, if the connection's notes know: bad credentials at once, a cluster that
/// can't be reached after kPatience.
std::optional<Error> hopeless(const ConnectionNotes& notes, std::string_view doing, const Deadline& deadline);

/// The error of a call whose time is over: Cancelled, or Timeout with what is known about the connection.
Error gaveUp(const ConnectionNotes& notes, std::string_view doing, const Deadline& deadline);

} // namespace meshbone::backbone
