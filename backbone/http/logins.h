// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/wrong_logins.h"

#include <backbone/http.h>

#include <array>
#include <mutex>
#include <unordered_map>

namespace meshbone::backbone::http {

/// Who sends a request, by its Authorization header. Remembers whom the authenticator has let in. check() belongs to
/// the I/O thread; forget() may be called by any.
class Logins {
public:
    using Clock = WrongLogins::Clock;
    static constexpr std::size_t kKnownMax = 1'024;

    enum class Outcome : std::uint8_t {
        In,      ///< `principal` is who it is
        Missing, ///< no Basic credentials: 401 at once
        Wrong,   ///< 401 after `wait`
        TooMany, ///< 429: not even looked at
    };
    struct Verdict {
        Outcome outcome = Outcome::Missing;
        std::string principal;
        WrongLogins::Wait wait;
    };

    /// Everybody is in, with no principal, where there is no authenticator.
    Logins(HttpAuthenticator authenticator, std::chrono::milliseconds memory, std::chrono::milliseconds wrongDelay)
        : m_authenticator(std::move(authenticator))
        , m_memory(memory)
        , m_wrong(wrongDelay) {}

    /// Takes the header out of the request: a password goes no further.
    Verdict check(HttpRequest& request, Clock::time_point now);
    void forget();

private:
    using Hash = std::array<unsigned char, 32>;
    struct Known {
        Hash salt{};
        Hash hash{}; ///< of salt and password
        std::string principal;
        Clock::time_point until;
    };
    static std::optional<Hash> hashOf(const Hash& salt, const std::string& password);
    void remember(const std::string& user, const std::string& password, const std::string& principal,
                  std::uint64_t generation, Clock::time_point now);
    Verdict decide(const std::string& user, const std::string& password, const std::string& address,
                   Clock::time_point now);

    HttpAuthenticator m_authenticator;
    std::chrono::milliseconds m_memory;
    WrongLogins m_wrong;
    std::mutex m_lock;
    std::unordered_map<std::string, Known> m_known; ///< by user; guarded by m_lock
    std::uint64_t m_generation = 0;                 ///< of what is known; guarded by m_lock
};

} // namespace meshbone::backbone::http
