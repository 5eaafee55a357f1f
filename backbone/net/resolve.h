// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include <sys/socket.h>

namespace meshbone::backbone::net {

struct StreamAddress {
    sockaddr_storage storage{};
    socklen_t length = 0;
};

/// The addresses of a host. Names are looked up on a thread of its own ("mb-resolve"), since the system's call can't be
/// cancelled; it is abandoned when the caller gives up. Fails with Unavailable (no such host), Timeout or Cancelled.
Result<std::vector<StreamAddress>> resolveHost(const std::string& host, std::uint16_t port, const CallOptions& options);

} // namespace meshbone::backbone::net
