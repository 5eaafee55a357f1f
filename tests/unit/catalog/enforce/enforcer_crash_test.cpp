// SPDX-License-Identifier: Apache-2.0
// The enforcer stopped at random steps, with changes that get lost: afterwards grants and ACLs agree.
#include <backbone/error.h>

#include "support/enforced_mesh.h"
#include "support/seed.h"

#include <QtTest>

#include <random>

using namespace meshbone;
using namespace meshbone::catalog;
using meshbone::test::EnforcedMesh;
using meshbone::testing::ChangeFate;

class EnforcerCrashTest : public QObject {
    Q_OBJECT
private slots:
    void afterwardsTheyAgree();

private:
    std::mt19937_64 m_random{meshbone::test::testSeed()};
};

void EnforcerCrashTest::afterwardsTheyAgree() {
    for (int round = 0; round < 6; ++round) {
        EnforcedMesh mesh;
        mesh.setCallTimeout(std::chrono::milliseconds(40));
        const auto seed = m_random();
        mesh.access.decideBy([random = std::mt19937_64(seed)]() mutable {
            const auto dice = random() % 10;
            return dice < 2 ? ChangeFate::Lost : dice < 5 ? ChangeFate::LostAnswer : ChangeFate::Done;
        });
        const auto topicOf = [](int i) { return "topic-" + std::to_string(i % 4); };
        std::set<int> open;
        for (int i = 0; i < 10; ++i) {
            mesh.start();
            mesh.grant("grant-" + std::to_string(i), EnforcedMesh::consumer(topicOf(i)));
            open.insert(i);
            if (m_random() % 2 == 0) {
                const auto victim = *std::next(open.begin(), static_cast<std::ptrdiff_t>(m_random() % open.size()));
                mesh.revoke("grant-" + std::to_string(victim));
                open.erase(victim);
            }
            std::this_thread::sleep_for(std::chrono::microseconds(m_random() % 20'000)); // anywhere in a round
            mesh.stop();
        }
        mesh.access.decideBy({});
        mesh.start();
        std::set<backbone::AclBinding> wanted;
        for (const int i : open) {
            QVERIFY(mesh.awaitState("grant-" + std::to_string(i), GrantState::Enforced));
            wanted.merge(EnforcedMesh::bindings(EnforcedMesh::consumer(topicOf(i))));
        }
        QVERIFY(mesh.desk.await([&] {
            return std::ranges::all_of(mesh.desk->grants(), [&](const Grant& grant) {
                return grant.inForceAt(QDateTime::currentMSecsSinceEpoch()) || !grant.applied;
            });
        }));
        QVERIFY(QTest::qWaitFor([&] { return mesh.access.all() == wanted; }));
        std::set<backbone::AclBinding> ours;
        for (const auto& record : mesh.desk->bindingRecords()) {
            ours.insert(record.binding);
        }
        QVERIFY(ours == wanted);
    }
}

QTEST_GUILESS_MAIN(EnforcerCrashTest)
#include "enforcer_crash_test.moc"
