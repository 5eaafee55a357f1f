// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/client_stream.h"
#include "net/socket.h"

namespace meshbone::backbone::net {

/// Shakes hands over a connected, non-blocking socket. `host` is what the certificate must name, `endpoint` what
/// sentences call the peer.
Result<std::unique_ptr<ClientStream>> connectTls(Socket socket, const std::string& host, const std::string& endpoint,
                                                 const TlsOptions& options, const CallOptions& call);

} // namespace meshbone::backbone::net
