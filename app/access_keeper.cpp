// SPDX-License-Identifier: Apache-2.0
#include "access_keeper.h"

#include "acl_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <pthread.h>

namespace meshbone::app {

namespace {

constexpr std::size_t kRefusedTold = 10;

std::function<void(const std::string&)> toStandardError(const std::string& program) {
    return [program](const std::string& sentence) { fmt::print(stderr, "{}: {}\n", program, sentence); };
}

std::unique_ptr<catalog::Enforcer> startEnforcer(catalog::Catalog& catalog, backbone::Backbone& backbone,
                                                 const std::string& principal, backbone::EmbeddedBroker* broker,
                                                 const std::string& program) {
    catalog::EnforcerOptions options;
    options.principal = principal;
    options.rules = [&backbone, principal, isSuper = broker != nullptr](const CallOptions& call) {
        auto rules = aclRulesOf(backbone, call);
        if (isSuper) {
            rules.superUsers.insert(principal); // as the broker was started
        }
        return rules;
    };
    if (broker != nullptr) {
        // Our authorizer keeps ends by itself, so that they hold even if nobody is here to enforce them.
        options.tellEnds = [broker, tell = toStandardError(program)](const catalog::AclEnds& ends) {
            if (const auto limited = broker->limitAcls(ends); !limited) {
                tell("The ends of grants could not be kept: " + limited.error().message);
            }
        };
    }
    return catalog::Enforcer::start(catalog, backbone.access(), std::move(options));
}

} // namespace

RequestRounds::RequestRounds(catalog::Catalog& catalog, Options options, Tell tell)
    : m_catalog(catalog)
    , m_options(options)
    , m_tell(std::move(tell))
    , m_thread([this](const std::stop_token& stop) { run(stop); }) {
    pthread_setname_np(m_thread.native_handle(), "mb-carry");
}

void RequestRounds::run(const std::stop_token& stop) {
    auto pause = m_options.every;
    while (!stop.stop_requested()) {
        const auto carried = m_catalog.carryRequests({m_options.callTimeout, stop});
        if (stop.stop_requested()) {
            return;
        }
        tellOf(carried);
        pause = carried ? m_options.every : std::min(pause * 2, m_options.atMost);
        std::unique_lock lock(m_mutex);
        m_wakened.wait_for(lock, stop, pause, [] { return false; }); // until the pause or the stop
    }
}

void RequestRounds::tellOf(const Result<catalog::CarriedRequests>& carried) {
    if (!carried) {
        if (carried.error().message != m_told) {
            m_told = carried.error().message;
            m_tell("Requests can't be carried into the ledger: " + m_told);
        }
        return;
    }
    m_told.clear();
    const auto& refused = carried->refused;
    for (std::size_t i = 0; i < std::min(refused.size(), kRefusedTold); ++i) {
        m_tell(fmt::format("The ledger takes no request from offset {}: {}", refused[i].number, refused[i].rejection));
    }
    if (refused.size() > kRefusedTold) {
        m_tell(fmt::format("The ledger takes {} more requests neither.", refused.size() - kRefusedTold));
    }
}

AccessKeeper::AccessKeeper(catalog::Catalog& catalog, backbone::Backbone& backbone, const std::string& principal,
                           backbone::EmbeddedBroker* broker, const std::string& program)
    : m_enforcer(startEnforcer(catalog, backbone, principal, broker, program))
    , m_requests(catalog, {}, toStandardError(program)) {}

} // namespace meshbone::app
