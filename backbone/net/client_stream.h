// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace meshbone::backbone::net {

/// A connected stream of bytes, from the client's side: TCP, or TLS over it. Every call blocks up to its deadline and
/// looks at the stop token at least every 100 ms. One thread at a time. Closes with the object.
class ClientStream {
public:
    virtual ~ClientStream() = default;
    /// Sends all of it. Fails with Unavailable (the peer hung up), Timeout or Cancelled.
    virtual Status send(std::string_view bytes, const CallOptions& options) = 0;
    /// Waits for at least one byte; 0: the peer closed the stream. Fails as send() does.
    virtual Result<std::size_t> receive(std::span<char> into, const CallOptions& options) = 0;
};

/// TLS 1.2 or newer. The server's certificate is checked against the CA file (or the system's store, where none is
/// named), and against the host's name unless told otherwise.
struct TlsOptions {
    std::filesystem::path caFile;
    std::filesystem::path certificateFile; ///< the client's own, PEM; empty: none
    std::filesystem::path keyFile;
    std::string keyPassword;
    bool checkHostName = true;
};

/// Connects to host:port; every address that the name has is tried in turn. Fails with Unavailable (refused, no such
/// host, no secure connection), InvalidArgument (a file of `tls` can't be used), Timeout or Cancelled, each with a
/// sentence that names the endpoint.
Result<std::unique_ptr<ClientStream>> connectStream(const std::string& host, std::uint16_t port,
                                                    const std::optional<TlsOptions>& tls, const CallOptions& options);

} // namespace meshbone::backbone::net
