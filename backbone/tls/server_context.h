// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/pem.h"

#include <memory>
#include <string>
#include <vector>

namespace meshbone::backbone::tls {

/// ssl.client.auth: whether a client is asked for a certificate, and whether it must show one.
enum class ClientAuth : std::uint8_t { None, Requested, Required };

struct ServerSettings {
    const Identity* identity = nullptr; ///< used during the call only
    std::vector<const X509*> trusted;   ///< who signs clients' certificates; any of a client's chain may be here
    ClientAuth clientAuth = ClientAuth::None;
    bool tls12 = true, tls13 = true; ///< ssl.enabled.protocols
};

/// What the TLS connections of a listener share. Immutable; any thread. No renegotiation, no compression, no
/// resumption: each connection proves itself anew, which costs less than a millisecond with the keys that we make.
class ServerContext {
public:
    /// InvalidArgument with what is wrong: no protocol, a key that OpenSSL deems too weak, clients without anybody to
    /// trust.
    static Result<std::shared_ptr<const ServerContext>> make(const ServerSettings& settings);

    /// A connection that waits for its client's first bytes.
    [[nodiscard]] SslPtr newConnection() const;
    /// "TLSv1.2, TLSv1.3", for sentences.
    [[nodiscard]] std::string protocols() const;

private:
    ServerContext() = default;
    Status trust(const ServerSettings& settings);
    Status identify(const Identity& identity);

    ContextPtr m_context;
    bool m_tls12 = true, m_tls13 = true;
};

} // namespace meshbone::backbone::tls
