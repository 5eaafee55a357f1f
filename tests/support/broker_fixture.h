// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/broker.h>

#include <QTemporaryDir>
#include <QtTest>

#include <map>
#include <memory>
#include <string>

namespace meshbone::testing {

/// An embedded broker on a free port in a folder of its own. Groups join without delay. Insecure unless told otherwise.
/// Stops with the object; restart() starts it again on the same data.
class BrokerFixture {
public:
    BrokerFixture()
        : BrokerFixture(insecureOptions({})) {}
    explicit BrokerFixture(backbone::BrokerOptions options)
        : m_options(std::move(options)) {
        m_options.dataDirectory = m_directory.path().toStdString();
        m_options.port = 0;
        m_options.properties.try_emplace("group.initial.rebalance.delay.ms", "0");
        start();
    }

    static backbone::BrokerOptions insecureOptions(std::map<std::string, std::string> properties) {
        backbone::BrokerOptions options;
        options.insecure = true;
        options.properties = std::move(properties);
        return options;
    }

    backbone::EmbeddedBroker& broker() { return *m_broker; }
    [[nodiscard]] std::string bootstrap() const { return m_broker->bootstrap(); }
    [[nodiscard]] std::uint16_t port() const {
        const auto text = bootstrap();
        return static_cast<std::uint16_t>(std::stoi(text.substr(text.rfind(':') + 1)));
    }
    [[nodiscard]] std::string dataDirectory() const { return m_directory.path().toStdString(); }
    backbone::BrokerOptions& options() { return m_options; }

    void stop() { m_broker.reset(); }
    void restart() {
        stop();
        start();
    }

private:
    void start() {
        auto started = backbone::EmbeddedBroker::start(m_options);
        if (!started) {
            qFatal("The broker did not start: %s", started.error().message.c_str());
        }
        m_broker = std::move(*started);
    }

    QTemporaryDir m_directory;
    backbone::BrokerOptions m_options;
    std::unique_ptr<backbone::EmbeddedBroker> m_broker;
};

} // namespace meshbone::testing
