// SPDX-License-Identifier: Apache-2.0
#include "tls/server_context.h"

#include <backbone/http.h>

namespace meshbone::backbone {

Result<std::shared_ptr<const tls::ServerContext>> httpTls(std::string_view keyPem, std::string_view chainPem,
                                                          const std::string& keyPassword) {
    auto identity = tls::identityIn(keyPem, chainPem, keyPassword, "The HTTP server's key or certificate");
    if (!identity) {
        return std::unexpected(std::move(identity.error()));
    }
    tls::ServerSettings settings;
    settings.identity = &*identity;
    return tls::ServerContext::make(settings);
}

} // namespace meshbone::backbone
