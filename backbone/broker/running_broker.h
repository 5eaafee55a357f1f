// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/acl/acl_access.h"
#include "broker/group/group_coordinator.h"
#include "broker/listeners/listener_set.h"
#include "broker/offsets_log.h"
#include "broker/sasl/user_store.h"
#include "broker/services.h"
#include "broker/session/session.h"
#include "broker/topics/topic_store.h"
#include "net/server.h"

#include <backbone/broker.h>

#include <memory>
#include <mutex>
#include <thread>

namespace meshbone::backbone::broker {

/// The broker's parts, put together; see EmbeddedBroker for what it promises. Members are in the order in which they
/// need each other, so that they go in the reverse one.
class RunningBroker final : public EmbeddedBroker, private TurnEnd {
public:
    explicit RunningBroker(const BrokerOptions& options)
        : m_options(options)
        , m_access(options.observers, wallClockMs) {}
    ~RunningBroker() override { stop(); }

    /// Recovers and listens; then the loop thread runs.
    Status start();

    [[nodiscard]] std::string bootstrap() const override { return listeners().front().bootstrap; }
    [[nodiscard]] std::vector<BrokerListener> listeners() const override { return m_listeners->all(); }
    [[nodiscard]] std::filesystem::path caFile() const override { return m_listeners->caFile(); }
    [[nodiscard]] std::string clusterId() const override { return m_logs->clusterId(); }
    Status putUser(const UserCredential& credential) override;
    Status removeUser(const std::string& user) override;
    [[nodiscard]] std::vector<std::string> users() const override { return m_users->names(); }
    [[nodiscard]] bool passwordMatches(const std::string& user, const std::string& password) const override {
        return m_users->check(user, password);
    }
    bool mayDo(const std::string& principal, Operation operation, ResourceKind kind,
               const std::string& resource) override;
    [[nodiscard]] std::shared_ptr<const tls::ServerContext> tlsContext() override;
    Status limitAcls(const std::map<AclBinding, TimestampMs>& ends) override;
    void stop() override;

private:
    /// Calls `work` on the loop and waits; false when the loop has stopped.
    bool onLoop(std::move_only_function<void()> work);
    void appended() override;
    Status openStores();
    Status openAcls();
    Status openLogs();
    Status openGroups();
    Status listen();
    void tick();
    void stopOnLoop();

    BrokerOptions m_options;
    AclAccess m_access;
    SessionList m_sessionList;
    BrokerConfig m_config;
    GroupSettings m_groupSettings;
    ApiTable m_apis;
    std::unique_ptr<net::EventLoop> m_loop;
    std::unique_ptr<UserStore> m_users;
    std::unique_ptr<LoginWorker> m_loginWorker;
    std::unique_ptr<AclStore> m_acls; ///< null: no authorizer
    std::unique_ptr<TopicStore> m_store;
    std::unique_ptr<ProducerIds> m_producerIds;
    std::unique_ptr<LogDirectory> m_logs;
    std::unique_ptr<Topics> m_topics;
    std::unique_ptr<OffsetsLog> m_offsets;
    std::unique_ptr<GroupCoordinator> m_groups;
    std::unique_ptr<Services> m_services;
    std::unique_ptr<ListenerSet> m_listeners;
    std::unique_ptr<net::Server> m_server;
    bool m_turnEndAsked = false;
    std::mutex m_stopLock; ///< guards m_thread and m_stopped
    std::thread m_thread;
    bool m_stopped = false;
};

} // namespace meshbone::backbone::broker
