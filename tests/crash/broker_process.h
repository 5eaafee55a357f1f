// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <sys/types.h>

namespace meshbone::crash {

/// A `meshctl serve` process of ours, on one port and one folder for the whole test.
class BrokerProcess {
public:
    BrokerProcess(std::string meshctl, std::string folder)
        : m_meshctl(std::move(meshctl))
        , m_folder(std::move(folder)) {}
    ~BrokerProcess() { kill(); }
    BrokerProcess(const BrokerProcess&) = delete;
    BrokerProcess& operator=(const BrokerProcess&) = delete;

    void spawn();
    /// Waits for the line that says it serves; false when it ended or took longer than `patience`.
    bool waitReady(std::chrono::milliseconds patience);
    /// kill -9, and waits until it is gone.
    void kill();
    [[nodiscard]] const std::string& bootstrap() const { return m_bootstrap; }

private:
    std::string m_meshctl;
    std::string m_folder;
    std::string m_bootstrap = "127.0.0.1:0"; ///< with its port once it served first
    pid_t m_process = -1;
    int m_output = -1;
};

} // namespace meshbone::crash
