// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>

#include <functional>
#include <string>

namespace meshbone::app {

/// A part of a topic by time; -1: from its beginning, to its present end.
struct Window {
    std::string topic;
    TimestampMs fromMs = -1, toMs = -1;
    std::int64_t limit = 100'000; ///< records at most
};
/// Reads it and hands each record on. Fails with the client's errors and NotFound; Timeout when nothing comes any more.
Status readWindow(const backbone::Profile& profile, const Window& window, const CallOptions& call,
                  const std::function<void(const Record&)>& sink);

} // namespace meshbone::app
