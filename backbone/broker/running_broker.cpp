// SPDX-License-Identifier: Apache-2.0
#include "broker/running_broker.h"

#include "broker/group/group_handlers.h"
#include "broker/handlers/handlers.h"
#include "net/log_line.h"

#include <fmt/format.h>

#include <future>

namespace meshbone::backbone::broker {

namespace {

constexpr std::chrono::milliseconds kTick{1'000};

std::vector<std::string> listOf(std::string_view text, char separator = ',') {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        items.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return items;
}

} // namespace

Status RunningBroker::start() {
    auto config = BrokerConfig::fromProperties(m_options.properties);
    if (!config) {
        return std::unexpected(config.error());
    }
    m_config = std::move(*config);
    auto loop = net::EventLoop::create();
    if (!loop) {
        return std::unexpected(loop.error());
    }
    m_loop = std::move(*loop);
    // The port first: it is the cheapest thing to fail, and clients that come early wait instead of being refused.
    auto listeners = ListenerSet::bind(m_options, m_config);
    if (!listeners) {
        return std::unexpected(listeners.error());
    }
    m_listeners = std::move(*listeners);
    for (const auto step :
         {&RunningBroker::openLogs, &RunningBroker::openStores, &RunningBroker::openGroups, &RunningBroker::listen}) {
        if (auto done = (this->*step)(); !done) {
            return done;
        }
    }
    tick();
    m_thread = std::thread([this] { m_loop->run(); });
    return {};
}

/// Opens the logs: takes the directory's lock, so it comes before everything else that is in the directory.
Status RunningBroker::openLogs() {
    LogDirectoryOptions options;
    options.root = m_options.dataDirectory;
    options.post = [this](std::move_only_function<void()> call) { m_loop->post(std::move(call)); };
    options.highWatermarkMoved = [this](PartitionLog& log) {
        if (auto* state = m_topics ? m_topics->stateOf(log) : nullptr; state != nullptr) {
            state->highWatermarkMoved();
        }
    };
    options.failed = [this](PartitionLog& log) {
        const auto& name = log.name();
        net::logLine(net::Severity::Error,
                     fmt::format("Partition {}-{} takes no records until a restart: {}", name.topic,
                                 name.partition.value(), log.failure() ? log.failure()->message : "it failed."));
        if (auto* state = m_topics ? m_topics->stateOf(log) : nullptr; state != nullptr) {
            state->giveUp(KafkaCode::KafkaStorageError);
        }
    };
    options.warn = [](const std::string& sentence) { net::logLine(net::Severity::Warning, sentence); };
    options.configOf = [defaults = makeLogConfig({}, m_config)](const std::string&) { return defaults; };
    options.retentionInterval = std::chrono::milliseconds(m_config.integer("log.retention.check.interval.ms"));
    options.compactionInterval = std::chrono::milliseconds(m_config.integer("log.cleaner.backoff.ms"));
    options.compactionMemoryBytes = static_cast<std::size_t>(m_config.integer("log.cleaner.dedupe.buffer.size"));
    auto logs = LogDirectory::open(std::move(options));
    if (!logs) {
        return std::unexpected(logs.error());
    }
    m_logs = std::move(*logs);
    return {};
}

Status RunningBroker::openStores() {
    auto& files = realFileSystem();
    const auto& root = m_options.dataDirectory;
    auto users = UserStore::open(files, root / "users");
    if (!users) {
        return std::unexpected(users.error());
    }
    m_users = std::move(*users);
    if (auto opened = openAcls(); !opened) {
        return opened;
    }
    auto ids = ProducerIds::open(files, root / "producer-ids");
    if (!ids) {
        return std::unexpected(ids.error());
    }
    m_producerIds = std::make_unique<ProducerIds>(std::move(*ids));
    auto store = TopicStore::open(files, root / "topics");
    if (!store) {
        return std::unexpected(store.error());
    }
    m_store = std::move(*store);
    auto topics = Topics::open(*m_store, *m_logs, m_config, *this);
    if (!topics) {
        return std::unexpected(topics.error());
    }
    m_topics = std::move(*topics);
    return {};
}

/// Without an authorizer the ACLs of earlier stay on the disk, unread.
Status RunningBroker::openAcls() {
    if (m_config.value("authorizer.class.name").value_or("").empty()) {
        return {};
    }
    auto acls = AclStore::open(realFileSystem(), m_options.dataDirectory / "acls");
    if (!acls) {
        return std::unexpected(acls.error());
    }
    m_acls = std::move(*acls);
    AclRules rules{{m_options.superUsers.begin(), m_options.superUsers.end()},
                   m_config.boolean("allow.everyone.if.no.acl.found")};
    for (const auto& principal : listOf(m_config.value("super.users").value_or(""), ';')) {
        rules.superUsers.insert(principal);
    }
    m_acls->setRules(std::move(rules));
    m_access.setStore(m_acls.get());
    return {};
}

Status RunningBroker::openGroups() {
    m_groupSettings = m_config.groupSettings();
    m_offsets = std::make_unique<OffsetsLog>(*m_topics, *m_logs, *m_loop, m_config);
    m_groups = std::make_unique<GroupCoordinator>(
        GroupCoordinator::Surroundings{*m_loop, *m_offsets, *m_topics, m_groupSettings, wallClockMs});
    if (auto loaded = m_groups->load(); !loaded) {
        return loaded;
    }
    if (m_groups->unreadableRecords() > 0) {
        net::logLine(net::Severity::Warning,
                     fmt::format("{} records of __consumer_offsets could not be read.", m_groups->unreadableRecords()));
    }
    m_topics->onRemoved([this](const std::string& name) { m_groups->topicDeleted(name); });
    m_services = std::make_unique<Services>(
        Services{*m_loop, m_config, *m_topics, *m_logs, *m_producerIds, m_access, m_acls.get(), *m_users, m_sessionList,
                 m_config.nodeId(), m_options.writeCheck, m_logs->clusterId(), m_options.dataDirectory});
    m_apis.add(brokerHandlers(*m_services));
    m_apis.add(groupHandlers({*m_groups, m_access}));
    return {};
}

Status RunningBroker::listen() {
    if (auto opened = m_listeners->openKeys(m_options, m_config); !opened) {
        return opened;
    }
    net::ServerOptions options;
    options.maxFrameBytes = static_cast<std::size_t>(m_config.integer("socket.request.max.bytes"));
    options.maxConnections = static_cast<std::size_t>(m_config.integer("max.connections"));
    options.idleTimeout = std::chrono::milliseconds(m_config.integer("connections.max.idle.ms"));
    SessionSettings sessions{m_apis};
    sessions.sessions = &m_sessionList;
    m_loginWorker =
        std::make_unique<LoginWorker>([this](std::move_only_function<void()> call) { m_loop->post(std::move(call)); });
    sessions.loginWorker = m_loginWorker.get();
    sessions.mechanisms = listOf(m_config.value("sasl.enabled.mechanisms").value_or(""));
    sessions.maxFrameBytes = options.maxFrameBytes;
    sessions.loginLife = std::chrono::milliseconds(m_config.integer("connections.max.reauth.ms"));
    m_server = std::make_unique<net::Server>(*m_loop, options, m_listeners->serve(sessions, *m_users));
    return m_server->start();
}

Status RunningBroker::putUser(const UserCredential& credential) {
    return m_users->put(credential.user, credential.password);
}

Status RunningBroker::removeUser(const std::string& user) {
    auto removed = m_users->remove(user);
    if (removed) {
        m_loop->post([this, user] { m_sessionList.close(user, "Its user was removed."); });
    }
    return removed;
}

bool RunningBroker::onLoop(std::move_only_function<void()> work) {
    const std::lock_guard lock(m_stopLock); // the loop runs for as long as this is held
    if (m_stopped || !m_thread.joinable()) {
        return false;
    }
    std::promise<void> done;
    m_loop->post([&] {
        work();
        done.set_value();
    });
    done.get_future().get();
    return true;
}

Status RunningBroker::limitAcls(const std::map<AclBinding, TimestampMs>& ends) {
    if (!m_acls) {
        return {}; // nobody asks the ACLs
    }
    Status set;
    return onLoop([&] { set = m_acls->setEnds(ends); }) ? set : fail(ErrorCode::Unavailable, "The broker has stopped.");
}

bool RunningBroker::mayDo(const std::string& principal, Operation operation, ResourceKind kind,
                          const std::string& resource) {
    const ClientIdentity client{principal, "127.0.0.1", {}, {}, {}};
    bool isAllowed = false;
    const bool isDecided = onLoop([&] {
        isAllowed = resource.empty() ? m_access.allowedOnSome(client, operation, kind)
                                     : m_access.mayList(client, operation, kind, resource);
    });
    return isDecided && isAllowed;
}

std::shared_ptr<const tls::ServerContext> RunningBroker::tlsContext() {
    std::shared_ptr<const tls::ServerContext> context;
    onLoop([&] { context = m_listeners->tlsContext(); });
    return context;
}

void RunningBroker::appended() {
    if (!std::exchange(m_turnEndAsked, true)) {
        m_loop->atTurnEnd([this] {
            m_turnEndAsked = false;
            m_logs->endTurn();
        });
    }
}

void RunningBroker::tick() {
    m_logs->tick(wallClockMs());
    m_logs->endTurn(); // what flush.ms made due
    m_listeners->tick(std::time(nullptr));
    m_loop->callAfter(kTick, [this] { tick(); });
}

/// The last turn: what is owed to clients is answered, as far as the disk allows.
void RunningBroker::stopOnLoop() {
    m_server->stopAccepting();
    m_logs->endTurn();
    m_logs->drain();
    m_server->closeAll();
    m_loop->stop();
}

void RunningBroker::stop() {
    const std::lock_guard lock(m_stopLock);
    if (std::exchange(m_stopped, true) || !m_logs) {
        return;
    }
    if (m_thread.joinable()) {
        m_loop->post([this] { stopOnLoop(); });
        m_thread.join();
    }
    if (auto closed = m_logs->close(); !closed) {
        net::logLine(net::Severity::Error, fmt::format("The stop was not clean: {}", closed.error().message));
    }
}

} // namespace meshbone::backbone::broker

namespace meshbone::backbone {

Result<std::unique_ptr<EmbeddedBroker>> EmbeddedBroker::start(const BrokerOptions& options) {
    auto broker = std::make_unique<broker::RunningBroker>(options);
    if (auto started = broker->start(); !started) {
        return std::unexpected(started.error());
    }
    return broker;
}

} // namespace meshbone::backbone
