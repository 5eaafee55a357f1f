// SPDX-License-Identifier: Apache-2.0
#include "http/wrong_logins.h"

#include <algorithm>

namespace meshbone::backbone::http {

bool WrongLogins::isBusy(const std::string& address) const {
    const auto found = m_guessers.find(address);
    return found != m_guessers.end() && *found->second.waiting >= kWaitingMax;
}

WrongLogins::Wait WrongLogins::add(const std::string& address, Clock::time_point now) {
    makeRoom(now);
    auto& guesser = m_guessers[address];
    const bool isNew = guesser.delay.count() == 0 || now - guesser.last > kMemory;
    guesser.delay = isNew ? m_firstDelay : std::min(guesser.delay * 2, m_firstDelay * kSlowest);
    guesser.last = now;
    ++*guesser.waiting;
    return {guesser.delay, Place(guesser.waiting.get(), [waiting = guesser.waiting](void*) { --*waiting; })};
}

void WrongLogins::makeRoom(Clock::time_point now) {
    if (m_guessers.size() < kAddressesMax) {
        return;
    }
    std::erase_if(m_guessers, [&](const auto& one) { return now - one.second.last > kMemory; });
    if (m_guessers.size() >= kAddressesMax) {
        m_guessers.erase(std::ranges::min_element(m_guessers, {}, [](const auto& one) { return one.second.last; }));
    }
}

} // namespace meshbone::backbone::http
