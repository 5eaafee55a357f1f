// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

namespace meshbone::backbone::http {

/// How long the answer to a wrong login waits, by the address that it came from: longer with each wrong one, forgotten
/// after a minute without one. An address has a bounded number of them waiting, so that guessing on many connections
/// at once is no quicker. One thread.
class WrongLogins {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr int kWaitingMax = 8;
    static constexpr int kSlowest = 20; ///< times the first delay
    static constexpr std::size_t kAddressesMax = 1'024;
    static constexpr std::chrono::seconds kMemory{60};

    /// One wrong login's place among those that wait; given back with the object.
    using Place = std::shared_ptr<void>;
    struct Wait {
        std::chrono::milliseconds delay{};
        Place place;
    };

    explicit WrongLogins(std::chrono::milliseconds firstDelay)
        : m_firstDelay(firstDelay) {}

    /// Whether so many of this address wait that another try isn't even looked at.
    [[nodiscard]] bool isBusy(const std::string& address) const;
    Wait add(const std::string& address, Clock::time_point now);

private:
    struct Guesser {
        std::chrono::milliseconds delay{};
        Clock::time_point last;
        std::shared_ptr<int> waiting = std::make_shared<int>(0);
    };
    void makeRoom(Clock::time_point now);

    std::chrono::milliseconds m_firstDelay;
    std::unordered_map<std::string, Guesser> m_guessers; ///< by address
};

} // namespace meshbone::backbone::http
