// SPDX-License-Identifier: Apache-2.0
// three_nodes <kafka-three.json>: what only a cluster of several brokers shows. Access control lists that were just
// made are looked for on the other brokers; the leader of a partition and the coordinator of a group are paused
// (SIGSTOP) while our clients work. Status 77 where there is no Kafka.
#include "../kafka_program.h"
#include "client/wire_client.h"
#include "wire/messages/find_coordinator.h"

#include <backbone/access_admin.h>
#include <backbone/capabilities.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <thread>

namespace {

using namespace meshbone;
using namespace meshbone::backbone;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

const CallOptions kCall{60s, {}};
const CallOptions kOneTry{15s, {}}; ///< of something that is tried again
/// librdkafka waits a minute for a broker that neither answers nor hangs up; who can't, says so.
const std::map<std::string, std::string> kImpatient{{"socket.timeout.ms", "10000"}};
int failures = 0;

void expect(bool holds, const std::string& what) {
    fmt::print("{} {}\n", holds ? "ok" : "WRONG", what);
    std::fflush(stdout);
    failures += holds ? 0 : 1;
}

template <class T>
T orThrow(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

bool eventually(const std::function<bool()>& holds, std::chrono::seconds limit = 60s) {
    const auto deadline = Clock::now() + limit;
    while (!holds()) {
        if (Clock::now() > deadline) {
            return false;
        }
        std::this_thread::yield();
    }
    return true;
}

struct Cluster {
    Profile profile; ///< with the addresses of all
    std::map<std::int32_t, std::string> addresses;
    std::map<std::int32_t, pid_t> processes;

    [[nodiscard]] Profile at(std::int32_t node) const {
        auto one = profile;
        one.bootstrap = addresses.at(node);
        return one;
    }
};

Cluster clusterOf(const nlohmann::json& kafka) {
    Cluster cluster;
    auto& profile = cluster.profile;
    profile.bootstrap = kafka.at("bootstrap");
    profile.securityProtocol = "SASL_PLAINTEXT";
    profile.saslMechanism = "SCRAM-SHA-512";
    profile.user = kafka.at("user");
    profile.password = kafka.at("password");
    profile.properties = kImpatient;
    std::string_view rest = profile.bootstrap;
    for (const auto& node : kafka.at("nodes")) {
        const std::int32_t id = node.at("id");
        cluster.processes[id] = node.at("pid");
        cluster.addresses[id] = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), rest.find(',') == rest.npos ? rest.size() : rest.find(',') + 1));
    }
    return cluster;
}

/// A broker that answers nothing, as long as the object lives; then until the cluster has it back.
class Pause {
public:
    Pause(const Cluster& cluster, std::int32_t node)
        : m_cluster(cluster)
        , m_process(cluster.processes.at(node)) {
        ::kill(m_process, SIGSTOP);
    }
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;
    ~Pause() {
        ::kill(m_process, SIGCONT);
        auto admin = openAdmin(m_cluster.profile);
        eventually([&] {
            const auto found = (*admin)->cluster(kCall);
            return found && found->nodes.size() == m_cluster.processes.size();
        });
    }

private:
    const Cluster& m_cluster;
    pid_t m_process;
};

// ---- Access control lists ----

void aclsShowOnEveryBroker(const Cluster& cluster) {
    std::map<std::int32_t, std::unique_ptr<AccessAdmin>> admins;
    for (const auto& [node, address] : cluster.addresses) {
        admins[node] = orThrow(openAccessAdmin(cluster.at(node)));
    }
    int stale = 0, asked = 0, missing = 0;
    std::chrono::milliseconds longest{0};
    for (int i = 0; i < 10; ++i) {
        const std::vector<AclBinding> one{{ResourceKind::Topic, PatternType::Literal, fmt::format("three-{}", i),
                                           "User:three", "*", Operation::Read, Permission::Allow}};
        orThrow(orThrow(admins.at(1)->createAcls(one, kCall)).front());
        const auto made = Clock::now();
        for (const std::int32_t node : {2, 3}) {
            const auto isThere = [&] {
                return orThrow(admins.at(node)->acls(AclFilter::exactly(one.front()), kCall)) == one;
            };
            ++asked;
            if (!isThere()) {
                ++stale;
                missing += eventually(isThere, 10s) ? 0 : 1;
                longest = std::max(longest, std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - made));
            }
        }
        orThrow(orThrow(admins.at(2)->deleteAcls(one, kCall)).front());
        missing += eventually([&] { return orThrow(admins.at(1)->acls({}, kCall)).empty(); }, 10s) ? 0 : 1;
    }
    expect(missing == 0, fmt::format("what one broker made, every broker tells: {} of {} first answers were stale, the "
                                     "last for {} ms",
                                     stale, asked, longest.count()));
}

// ---- Leaders and coordinators ----

void makeTopic(Admin& admin, const std::string& name) {
    NewTopic topic;
    topic.name = name;
    topic.replicationFactor = 3;
    orThrow(admin.createTopic(topic, kCall));
}

std::int32_t leaderOf(Admin& admin, const std::string& topic) {
    const auto partitions = admin.partitions(topic, kOneTry);
    return partitions && !partitions->empty() ? partitions->front().leader : -1;
}

Record recordOf(const std::string& topic, const std::string& value) {
    Record record;
    record.topic = topic;
    record.partition = Partition(0);
    record.value = value;
    return record;
}

/// Reads until `count` records came.
std::vector<std::string> read(Consumer& consumer, std::size_t count) {
    std::vector<std::string> values;
    eventually([&] {
        const auto records = consumer.poll(100, 200ms);
        for (const auto& record : records.value_or(std::vector<Record>())) {
            values.push_back(record.value.value_or(""));
        }
        return values.size() >= count;
    });
    return values;
}

void aLeaderThatFallsSilentIsReplaced(const Cluster& cluster) {
    const std::string topic = "three-leader";
    const auto admin = orThrow(openAdmin(cluster.profile));
    makeTopic(*admin, topic);
    const auto producer = orThrow(openProducer(cluster.profile, {}));
    orThrow(producer->produceAndWait(recordOf(topic, "before"), kCall));
    const auto leader = leaderOf(*admin, topic);
    {
        const Pause pause(cluster, leader);
        const auto written = producer->produceAndWait(recordOf(topic, "while"), kCall);
        expect(written.has_value(), fmt::format("a record is written while its leader {} is silent: {}", leader,
                                                written ? "yes" : written.error().message));
    }
    const auto consumer = orThrow(openConsumer(cluster.profile, {}));
    orThrow(consumer->assign({{{topic, Partition(0)}, Offset(0)}}));
    expect(read(*consumer, 2) == std::vector<std::string>{"before", "while"}, "every record is there once, in order");
}

std::int32_t coordinatorOf(const Cluster& cluster, const std::string& group) {
    WireClient client(cluster.profile, Deadline(kCall));
    wire::FindCoordinatorRequest request;
    request.coordinatorKeys = {group};
    const auto answer = orThrow(client.call<wire::FindCoordinatorResponse>(orThrow(client.anyNode()), request, "ask"));
    return answer.coordinators.empty() ? -1 : answer.coordinators.front().nodeId;
}

void aCoordinatorThatFallsSilentIsReplaced(const Cluster& cluster) {
    const std::string topic = "three-group", group = "three-group";
    const auto admin = orThrow(openAdmin(cluster.profile));
    makeTopic(*admin, topic);
    const auto producer = orThrow(openProducer(cluster.profile, {}));
    ConsumerOptions options;
    options.group = group;
    const auto consumer = orThrow(openConsumer(cluster.profile, options));
    orThrow(consumer->subscribe({topic}));
    orThrow(producer->produceAndWait(recordOf(topic, "one"), kCall));
    expect(read(*consumer, 1) == std::vector<std::string>{"one"} && consumer->commit(kCall),
           "a member reads and commits");
    const auto coordinator = coordinatorOf(cluster, group);
    const Pause pause(cluster, coordinator);
    orThrow(producer->produceAndWait(recordOf(topic, "two"), kCall));
    const auto values = read(*consumer, 1);
    expect(values == std::vector<std::string>{"two"},
           fmt::format("it reads on while its coordinator {} is silent", coordinator));
    expect(eventually([&] { return consumer->commit(kOneTry).has_value(); }), "and commits with another one");
    const auto committed = admin->groupOffsets(group, kCall);
    expect(committed && committed->size() == 1 && committed->front().committed == Offset(2),
           "what was committed is read back from the new coordinator");
}

void aSilentAddressIsPassedOver(const Cluster& cluster) {
    const Pause pause(cluster, 1);
    const auto acls = orThrow(openAccessAdmin(cluster.profile))->acls({}, kCall);
    expect(acls.has_value(), acls ? "ACLs are read although the first address is silent" : acls.error().message);
    const auto found = probeCapabilities(cluster.profile, kCall);
    expect(found && std::ranges::count_if(found->brokers, &BrokerCheck::answered) == 2,
           found ? "a connection test tells the two that answer" : found.error().message);
}

int run(const std::filesystem::path& state) {
    const auto cluster = clusterOf(nlohmann::json::parse(std::ifstream(state)));
    aclsShowOnEveryBroker(cluster);
    aLeaderThatFallsSilentIsReplaced(cluster);
    aCoordinatorThatFallsSilentIsReplaced(cluster);
    aSilentAddressIsPassedOver(cluster);
    return failures == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    return meshbone::conformance::onKafka(argc, argv, run);
}
