// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/fetch/fetch_plan.h"
#include "broker/fetch/fetch_reader.h"
#include "broker/services.h"

#include <memory>
#include <vector>

namespace meshbone::backbone::broker {

/// Answers fetches, now or when enough bytes came or the client's patience is over. Woken fetches run after a turn's
/// acknowledgements have been written, some at a time, so that neither those nor each other wait for a large fan-out.
/// Owned by the Fetch handler; loop thread only.
class FetchService {
public:
    explicit FetchService(Services& services)
        : m_services(services)
        , m_reader(services.topics) {}
    FetchService(const FetchService&) = delete;
    FetchService& operator=(const FetchService&) = delete;
    ~FetchService();

    void fetch(const RequestContext& context, FetchPlan plan, Reply reply);

private:
    class Pending;
    void wakeSoon(std::shared_ptr<Pending> pending);
    void runWoken();
    void authorizeAgain(const ClientIdentity& client, FetchPlan& plan);
    void answer(const ClientIdentity& client, const FetchPlan& plan, FetchReader::Outcome& outcome, Reply reply);

    Services& m_services;
    FetchReader m_reader;
    std::vector<std::shared_ptr<Pending>> m_woken;
    bool m_scheduled = false;
    std::shared_ptr<FetchService*> m_self = std::make_shared<FetchService*>(this); ///< empty once this is gone
};

} // namespace meshbone::backbone::broker
