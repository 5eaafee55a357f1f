// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/openssl.h"

#include <backbone/error.h>

#include <string_view>
#include <vector>

namespace meshbone::backbone::tls {

/// A private key and its certificate, followed by those that lead to an authority.
struct Identity {
    KeyPtr key;
    std::vector<CertificatePtr> chain;
};

/// The certificates in a text of PEM, in its order; what else is in there is passed over. InvalidArgument when there is
/// none, or one is damaged. `what` begins the sentence, for example "ssl.truststore.location '/x.pem'".
Result<std::vector<CertificatePtr>> certificatesIn(std::string_view pem, std::string_view what);

/// The private key in a text of PEM (PKCS#8 or the older forms), and the certificates in `chain`, the key's own first.
/// InvalidArgument also when the password is wrong or missing, and when the key isn't the certificate's.
Result<Identity> identityIn(std::string_view key, std::string_view chain, const std::string& password,
                            std::string_view what);

std::string pemOf(X509* certificate);
/// Unencrypted PKCS#8.
std::string pemOf(EVP_PKEY* key);

} // namespace meshbone::backbone::tls
