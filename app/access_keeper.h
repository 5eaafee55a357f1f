// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>
#include <backbone/broker.h>
#include <catalog/catalog.h>
#include <catalog/enforcer.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace meshbone::app {

/// Takes what others left in the topic of requests into the ledger, from time to time. Errors are told when they begin
/// and are tried again, ever more rarely; so are requests that the ledger refuses, ten a time at most. Thread of its
/// own: "mb-carry". The destructor waits for the call that is under way.
class RequestRounds {
public:
    struct Options {
        std::chrono::milliseconds every{5'000};
        std::chrono::milliseconds atMost{60'000}; ///< between two tries while it fails
        std::chrono::milliseconds callTimeout{10'000};
    };
    using Tell = std::function<void(const std::string& sentence)>;
    RequestRounds(catalog::Catalog& catalog, Options options, Tell tell);

private:
    void run(const std::stop_token& stop);
    void tellOf(const Result<catalog::CarriedRequests>& carried);

    catalog::Catalog& m_catalog;
    Options m_options;
    Tell m_tell;
    std::string m_told; ///< the error that was told last; the thread's own
    std::mutex m_mutex;
    std::condition_variable_any m_wakened;
    std::jthread m_thread; ///< last: it uses the others
};

/// What an instance does for the access of a backbone as long as it runs, wherever the person here may: makes the ACLs
/// agree with the ledger, tells an embedded broker when they end, and carries requests. One thread.
class AccessKeeper {
public:
    /// All are borrowed and must outlive it. `principal`: as the backbone sees us. `broker`: where it is embedded here,
    /// else null. `program` begins what is said on standard error.
    AccessKeeper(catalog::Catalog& catalog, backbone::Backbone& backbone, const std::string& principal,
                 backbone::EmbeddedBroker* broker, const std::string& program);
    [[nodiscard]] catalog::Enforcer& enforcer() { return *m_enforcer; }

private:
    std::unique_ptr<catalog::Enforcer> m_enforcer;
    RequestRounds m_requests;
};

} // namespace meshbone::app
