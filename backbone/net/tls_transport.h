// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/transport.h"
#include "tls/server_context.h"

namespace meshbone::backbone::net {

/// The server's side of TLS. Its handshake takes in at most kMaxHandshakeBytes, a receive() at most 64 KiB off the
/// socket. Null when OpenSSL has no memory.
constexpr std::size_t kMaxHandshakeBytes = 131'072;
std::unique_ptr<Transport> tlsTransport(std::shared_ptr<const tls::ServerContext> context, int descriptor);

} // namespace meshbone::backbone::net
