// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace meshbone::bench {

/// A `meshctl serve` of our own on a folder of its own, as a stranger would run it: its start, its processor time and
/// its memory are its own and not the client's. Throws std::runtime_error when it does not serve. The destructor ends
/// it and takes the folder away, synced, so that nothing is left to be written when the next one is measured.
class ServedBroker {
public:
    /// `meshctl`: the program; empty: the one of the same build. `where`: on the disk that is to be measured.
    explicit ServedBroker(const std::filesystem::path& where, const std::filesystem::path& meshctl = {});
    ServedBroker(const ServedBroker&) = delete;
    ServedBroker& operator=(const ServedBroker&) = delete;
    ~ServedBroker();

    /// Starts it; returns the milliseconds from fork to the line that says it serves.
    double start(const std::vector<std::string>& settings = {});
    void stop(); ///< SIGTERM, and waits
    void kill(); ///< SIGKILL, and waits

    [[nodiscard]] std::string bootstrap() const;
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    /// User and system time of all its threads so far.
    [[nodiscard]] double cpuSeconds() const;
    [[nodiscard]] double residentMiB() const;

private:
    void end(int signal);

    std::filesystem::path m_meshctl;
    std::filesystem::path m_folder;
    pid_t m_process = -1;
    int m_output = -1;
    std::uint16_t m_port = 0;
};

} // namespace meshbone::bench
