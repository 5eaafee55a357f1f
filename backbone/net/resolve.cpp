// SPDX-License-Identifier: Apache-2.0
#include "net/resolve.h"

#include <fmt/format.h>

#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include <netdb.h>
#include <pthread.h>

namespace meshbone::backbone::net {

namespace {

constexpr std::chrono::milliseconds kResolveSlice{100};
constexpr std::size_t kMaxAddresses = 16;

struct Lookup {
    std::mutex mutex;
    std::condition_variable ready;
    bool done = false;
    int problem = 0;
    std::vector<StreamAddress> addresses;
};

int lookUp(const std::string& host, std::uint16_t port, int flags, std::vector<StreamAddress>& into) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int problem = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    for (const auto* one = found; one != nullptr && into.size() < kMaxAddresses; one = one->ai_next) {
        StreamAddress address;
        std::memcpy(&address.storage, one->ai_addr, one->ai_addrlen);
        address.length = one->ai_addrlen;
        into.push_back(address);
    }
    if (found != nullptr) {
        ::freeaddrinfo(found);
    }
    return problem;
}

void ask(const std::shared_ptr<Lookup>& lookup, const std::string& host, std::uint16_t port) {
    ::pthread_setname_np(::pthread_self(), "mb-resolve");
    std::vector<StreamAddress> addresses;
    const int problem = lookUp(host, port, AI_ADDRCONFIG, addresses);
    const std::scoped_lock lock(lookup->mutex);
    lookup->problem = problem;
    lookup->addresses = std::move(addresses);
    lookup->done = true;
    lookup->ready.notify_all();
}

} // namespace

Result<std::vector<StreamAddress>> resolveHost(const std::string& host, std::uint16_t port,
                                               const CallOptions& options) {
    std::vector<StreamAddress> numeric;
    if (lookUp(host, port, AI_NUMERICHOST, numeric) == 0) {
        return numeric;
    }
    auto lookup = std::make_shared<Lookup>();
    try {
        std::thread(ask, lookup, host, port).detach();
    } catch (const std::system_error&) {
        return fail(ErrorCode::Exhausted, "The system has no thread left to look an address up.");
    }
    const auto until = std::chrono::steady_clock::now() + options.timeout;
    std::unique_lock lock(lookup->mutex);
    while (!lookup->ready.wait_for(lock, kResolveSlice, [&] { return lookup->done; })) {
        if (options.stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        if (std::chrono::steady_clock::now() >= until) {
            return fail(ErrorCode::Timeout,
                        fmt::format("The address {} was not resolved in time; check the network.", host));
        }
    }
    if (lookup->problem != 0 || lookup->addresses.empty()) {
        return fail(
            ErrorCode::Unavailable,
            fmt::format("The address {}:{} can't be resolved; check its spelling and the network.", host, port));
    }
    return lookup->addresses;
}

} // namespace meshbone::backbone::net
