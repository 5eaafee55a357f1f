// SPDX-License-Identifier: Apache-2.0
// Random members that come, go, fall silent and repeat themselves, against the invariants of a group.
#include "unit/backbone/broker_group/group_bench.h"

#include <QtTest>

#include <random>

using namespace meshbone;
using namespace meshbone::backbone::broker;
using namespace std::chrono_literals;
using C = KafkaCode;
using S = GroupState;

namespace {
constexpr int kPartitions = 12;

/// A client as it should behave: joins, syncs (as leader with an assignment of all partitions), sends heartbeats.
struct Client {
    std::string id;
    std::optional<std::string> instance;
    std::int32_t generation = -1;
    std::optional<Ticket> joining, syncing;
    std::vector<std::string> toAssign; ///< the members that it assigns to, when it leads
    Bytes share;
    bool owns = false; ///< has a share of `generation`
    bool alive = true;
};

Bytes shareOf(std::size_t index, std::size_t members) {
    Bytes share;
    for (int partition = 0; partition < kPartitions; ++partition) {
        if (static_cast<std::size_t>(partition) % members == index) {
            share += static_cast<char>('a' + partition);
        }
    }
    return share;
}

class World {
public:
    explicit World(std::uint64_t seed)
        : m_random(seed) {
        bench.settings.initialRebalanceDelay = std::chrono::milliseconds(m_random() % 3 * 100);
    }

    void step() {
        switch (m_random() % 12) {
        case 0:
            if (clients.size() < 8) {
                clients.emplace_back();
                if (m_random() % 3 == 0) {
                    clients.back().instance = "static-" + std::to_string(m_random() % 4);
                }
                join(clients.back());
            }
            break;
        case 1:
            leave();
            break;
        case 2:
            crash();
            break;
        case 3:
            bench.advance(std::chrono::milliseconds(m_random() % 12'000));
            break;
        case 4:
            bench.holdPersists = !bench.holdPersists;
            break;
        case 5:
            if (auto* const client = any()) { // a repeated join, as after a lost answer
                client->joining.reset();
                join(*client);
            }
            break;
        default:
            bench.advance(std::chrono::milliseconds(m_random() % 400));
            break;
        }
        if (!bench.held.empty() && (m_random() % 2 == 0 || !bench.holdPersists)) {
            bench.finishPersist(m_random() % 8 == 0 ? C::CoordinatorNotAvailable : C::None);
        }
        for (auto& client : clients) {
            work(client);
        }
        std::erase_if(clients, [](const Client& client) { return !client.alive; });
    }

    /// Nobody joins or fails any more: the group must become stable with everybody in it.
    void calm() {
        bench.holdPersists = false;
        while (!bench.held.empty()) {
            bench.finishPersist(C::None);
        }
        for (int i = 0; i < 400; ++i) {
            bench.advance(500ms);
            for (auto& client : clients) {
                work(client);
            }
        }
        std::erase_if(clients, [](const Client& client) { return !client.alive; });
    }

    /// Of the clients that believe to be in the present generation, no two have the same partition.
    void noPartitionIsOwnedTwice() const {
        std::map<char, std::string> owners;
        for (const auto& client : clients) {
            if (!client.owns || client.generation != bench.group.generation() || !bench.group.is(S::Stable)) {
                continue;
            }
            for (const char partition : client.share) {
                const auto [at, first] = owners.emplace(partition, client.id);
                QVERIFY2(first || at->second == client.id,
                         qPrintable(QString("partition %1 has two owners").arg(partition)));
            }
        }
    }

    GroupBench bench;
    std::vector<Client> clients;

private:
    Client* any() { return clients.empty() ? nullptr : &clients[m_random() % clients.size()]; }

    void join(Client& client) {
        auto request = bench.joinOf(client.id, "m" + std::to_string(++m_lastId));
        request.instanceId = client.instance;
        request.needsKnownId = m_random() % 2 == 0;
        client.owns = false;
        client.syncing.reset();
        client.joining = bench.join(request);
    }

    void leave() {
        auto* const client = any();
        if (client != nullptr && !client->id.empty()) {
            const auto code = bench.leave({client->id, client->instance});
            QVERIFY(code == C::None || code == C::UnknownMemberId || code == C::FencedInstanceId);
            client->alive = false;
        }
    }

    void crash() {
        if (auto* const client = any()) {
            client->alive = false; // never heard of again
        }
    }

    void work(Client& client) {
        if (!client.alive) {
            return;
        }
        takeJoin(client);
        takeSync(client);
        if (!client.alive || client.joining || client.syncing) {
            return;
        }
        const auto code = bench.group.heartbeat({client.id, client.instance, client.generation}, bench.now);
        if (code == C::FencedInstanceId) {
            client.alive = false;
        } else if (code != C::None) {
            client.id = code == C::RebalanceInProgress ? client.id : "";
            join(client);
        }
    }

    void takeJoin(Client& client) {
        const auto found = client.joining ? bench.joins.find(*client.joining) : bench.joins.end();
        if (found == bench.joins.end()) {
            return;
        }
        const auto answer = found->second;
        client.joining.reset();
        if (answer.error == C::FencedInstanceId) {
            client.alive = false;
            return;
        }
        if (answer.error != C::None) {
            client.id =
                answer.error == C::MemberIdRequired || answer.error == C::RebalanceInProgress ? answer.memberId : "";
            return join(client);
        }
        QVERIFY(answer.generation <= bench.group.generation());
        client.id = answer.memberId;
        client.generation = answer.generation;
        auto request = bench.syncOf(client.id, client.generation);
        request.instanceId = client.instance;
        if (answer.leader == client.id && !answer.skipAssignment) {
            for (std::size_t i = 0; i < answer.members.size(); ++i) {
                request.assignments.emplace_back(answer.members[i].memberId, shareOf(i, answer.members.size()));
            }
        }
        client.syncing = bench.sync(request);
    }

    void takeSync(Client& client) {
        const auto found = client.syncing ? bench.syncs.find(*client.syncing) : bench.syncs.end();
        if (found == bench.syncs.end()) {
            return;
        }
        client.syncing.reset();
        if (found->second.error == C::FencedInstanceId) {
            client.alive = false;
        } else if (found->second.error != C::None) {
            client.id = found->second.error == C::UnknownMemberId ? "" : client.id;
            join(client);
        } else {
            client.share = found->second.assignment;
            client.owns = true;
        }
    }

    std::mt19937_64 m_random;
    int m_lastId = 0;
};

std::uint64_t baseSeed() {
    const auto given = qEnvironmentVariable("MESHBONE_SEED");
    return given.isEmpty() ? std::random_device{}() : given.toULongLong();
}
} // namespace

class GroupRandomTest : public QObject {
    Q_OBJECT

private slots:
    void membersComeAndGo() {
        const auto base = baseSeed();
        qInfo("MESHBONE_SEED=%llu", static_cast<unsigned long long>(base));
        for (std::uint64_t round = 0; round < 1500; ++round) {
            World world(base + round);
            for (int i = 0; i < 120; ++i) {
                world.step();
                world.noPartitionIsOwnedTwice();
                checkGroup(world.bench.group);
                if (QTest::currentTestFailed()) {
                    qWarning("failed in round %llu, step %d", static_cast<unsigned long long>(round), i);
                    return;
                }
            }
            world.calm();
            checkCalm(world);
            if (QTest::currentTestFailed()) {
                qWarning("failed after round %llu", static_cast<unsigned long long>(round));
                return;
            }
        }
    }

private:
    static void checkGroup(const Group& group) {
        QCOMPARE(group.leader().has_value(), !group.members().empty());
        QVERIFY(!group.leader() || group.members().contains(*group.leader()));
        QVERIFY(!group.is(S::Empty) || group.members().empty());
        for (const auto& [id, member] : group.members()) {
            QVERIFY(!(member.awaitingJoin && member.awaitingSync));
            QVERIFY(!member.awaitingSync || group.is(S::CompletingRebalance));
            QCOMPARE(member.id, id);
        }
    }

    static void checkCalm(const World& world) {
        const auto& group = world.bench.group;
        QCOMPARE(int(group.state()), int(world.clients.empty() ? S::Empty : S::Stable));
        QCOMPARE(group.members().size(), world.clients.size());
        std::set<char> owned;
        for (const auto& client : world.clients) {
            QVERIFY(client.owns && !client.joining && !client.syncing); // no join was lost
            QCOMPARE(client.generation, group.generation());
            QCOMPARE(client.share, group.members().at(client.id).assignment);
            for (const char partition : client.share) {
                QVERIFY(owned.insert(partition).second);
            }
        }
        QVERIFY(world.clients.empty() || owned.size() == kPartitions);
        // Everything that was parked is answered.
        QCOMPARE(world.bench.joins.size() + world.bench.syncs.size(), std::size_t(world.bench.lastTicket));
    }
};

QTEST_GUILESS_MAIN(GroupRandomTest)
#include "group_random_test.moc"
