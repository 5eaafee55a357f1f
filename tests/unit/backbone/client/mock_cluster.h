// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <memory>
#include <stdexcept>

namespace meshbone::backbone {

/// librdkafka's own mock cluster: another broker than ours, so that the client is not tested against itself only. It
/// knows no admin calls but topic creation through this object.
class MockCluster {
public:
    explicit MockCluster(int brokers = 1) {
        char text[256] = {};
        m_owner.reset(rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), text, sizeof text));
        m_cluster.reset(m_owner ? rd_kafka_mock_cluster_new(m_owner.get(), brokers) : nullptr);
        if (!m_cluster) {
            throw std::runtime_error(text);
        }
    }
    void createTopic(const std::string& name, int partitions) {
        rd_kafka_mock_topic_create(m_cluster.get(), name.c_str(), partitions, 1);
    }
    [[nodiscard]] Profile profile() const {
        Profile profile;
        profile.name = "mock";
        profile.bootstrap = rd_kafka_mock_cluster_bootstraps(m_cluster.get());
        return profile;
    }
    [[nodiscard]] rd_kafka_mock_cluster_t* get() const { return m_cluster.get(); }

private:
    struct Destroy {
        void operator()(rd_kafka_t* kafka) const { rd_kafka_destroy(kafka); }
        void operator()(rd_kafka_mock_cluster_t* cluster) const { rd_kafka_mock_cluster_destroy(cluster); }
    };
    std::unique_ptr<rd_kafka_t, Destroy> m_owner;
    std::unique_ptr<rd_kafka_mock_cluster_t, Destroy> m_cluster;
};

} // namespace meshbone::backbone
