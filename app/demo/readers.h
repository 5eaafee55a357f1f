// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>
#include <backbone/http_client.h>

#include <stop_token>
#include <string>
#include <vector>

namespace meshbone::app::demo {

/// A consumer of the demo: its group is called as it is.
struct ReaderPlan {
    std::string name;
    std::vector<std::string> topics;
    int delayMs = 0; ///< time that it spends on a batch; the slow one lags
};
const std::vector<ReaderPlan>& readerPlans();

/// Reads and commits until stopped.
Status runReader(const ReaderPlan& plan, const backbone::Profile& profile, const backbone::HttpClientOptions& registry,
                 std::stop_token stop);

} // namespace meshbone::app::demo
