// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/broker_fixture.h"

#include <backbone/client.h>

#include <cstdlib>
#include <memory>

namespace meshbone::backbone {

/// The cluster that a test of the client side runs on: an embedded broker of its own, or the one that
/// MESHBONE_TEST_BOOTSTRAP names (without authentication), so that the same tests can be held against Apache Kafka.
class TestCluster {
public:
    TestCluster() {
        if (const char* bootstrap = std::getenv("MESHBONE_TEST_BOOTSTRAP")) {
            m_profile.bootstrap = bootstrap;
        } else {
            m_broker = std::make_unique<testing::BrokerFixture>();
            m_profile.bootstrap = m_broker->bootstrap();
        }
    }
    [[nodiscard]] const Profile& profile() const { return m_profile; }
    /// The embedded broker; null on a foreign cluster.
    [[nodiscard]] testing::BrokerFixture* broker() { return m_broker.get(); }

private:
    std::unique_ptr<testing::BrokerFixture> m_broker;
    Profile m_profile;
};

} // namespace meshbone::backbone
