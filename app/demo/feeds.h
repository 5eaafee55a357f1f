// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "demo/dataset.h"

#include <backbone/client.h>
#include <backbone/http_client.h>

#include <stop_token>
#include <string>
#include <vector>

namespace meshbone::app::demo {

/// A producer of the demo: what it publishes and how fast.
struct FeedPlan {
    std::string name; ///< principal and client id
    std::vector<Event> (*events)();
    std::vector<std::string> topics;
    double historyShare = 0.6; ///< published at once on a first start
    double perSecond = 1;      ///< afterwards
};
const std::vector<FeedPlan>& feedPlans();

/// Publishes until stopped; goes on where the end offsets of its topics say that it was. `registry` without a URL:
/// there is none.
Status runFeed(const FeedPlan& plan, const backbone::Profile& profile, const backbone::HttpClientOptions& registry,
               std::stop_token stop);

} // namespace meshbone::app::demo
