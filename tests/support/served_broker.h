// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace meshbone::testing {

/// A `meshctl serve` process of our own on a folder that is the caller's, as a stranger would run it: what it uses is
/// its own and not the caller's. Without authentication, unless it is asked for; on one port from its first start on.
/// It may be started again after it ended. One thread. The destructor kills it.
class ServedBroker {
public:
    /// `settings`: Kafka's broker properties, NAME=VALUE.
    ServedBroker(std::filesystem::path meshctl, std::filesystem::path folder, std::vector<std::string> settings = {});
    ServedBroker(const ServedBroker&) = delete;
    ServedBroker& operator=(const ServedBroker&) = delete;
    ~ServedBroker() { kill(); }

    /// From the next start on clients must log in; the folder's access.json says as whom.
    void requireLogin() { m_insecure = false; }

    /// From the next start on it has these settings, and none of the others.
    void set(std::vector<std::string> settings) { m_settings = std::move(settings); }

    /// From the next start on it serves a schema registry too.
    void serveSchemas() { m_servesSchemas = true; }

    /// Starts the process; one that runs is killed. Throws std::runtime_error when there is nothing to start it with.
    void spawn();
    /// Waits for the line that says it serves; false when it ended or took longer than `patience`. Throws
    /// std::runtime_error when it says something else.
    bool waitReady(std::chrono::milliseconds patience);
    /// Both; returns the milliseconds from fork to the line. Throws std::runtime_error when it does not serve.
    double start();
    void stop();   ///< SIGTERM, and waits until it is gone
    void kill();   ///< SIGKILL, and waits until it is gone
    void pause();  ///< SIGSTOP: it answers nobody until it is resumed
    void resume(); ///< SIGCONT

    [[nodiscard]] const std::string& bootstrap() const { return m_bootstrap; }
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::uint16_t schemasPort() const; ///< of the last start
    /// User and system time of all its threads so far.
    [[nodiscard]] double cpuSeconds() const;
    [[nodiscard]] double residentMiB() const;

private:
    void end(int signal);

    std::filesystem::path m_meshctl;
    std::filesystem::path m_folder;
    std::vector<std::string> m_settings;
    std::string m_bootstrap = "127.0.0.1:0"; ///< with its port once it served first
    std::string m_schemas;                   ///< the registry's URL
    bool m_insecure = true;
    bool m_servesSchemas = false;
    pid_t m_process = -1;
    int m_output = -1;
};

} // namespace meshbone::testing
