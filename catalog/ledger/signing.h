// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <memory>
#include <string>
#include <string_view>

namespace meshbone::catalog {

/// An Ed25519 key pair (RFC 8032). The private half never leaves this object but as PEM for its file. Thread-safe.
class SigningKey {
public:
    static Result<SigningKey> generate();
    /// PKCS #8 in PEM, as `openssl genpkey -algorithm ed25519` writes it. Fails with Corrupt.
    static Result<SigningKey> fromPem(std::string_view pem);
    [[nodiscard]] Result<std::string> toPem() const;

    [[nodiscard]] const std::string& publicKey() const { return m_publicKey; } ///< base64 of 32 bytes
    [[nodiscard]] Result<std::string> sign(std::string_view bytes) const;      ///< base64 of 64 bytes

private:
    explicit SigningKey(std::shared_ptr<void> key, std::string publicKey)
        : m_key(std::move(key))
        , m_publicKey(std::move(publicKey)) {}
    static Result<SigningKey> fromHandle(void* handle);
    std::shared_ptr<void> m_key; ///< EVP_PKEY
    std::string m_publicKey;
};

/// Whether `signature` (base64) over `bytes` is by the private half of `publicKey` (base64). Anything malformed: false.
bool isSignedBy(std::string_view publicKey, std::string_view bytes, std::string_view signature);

/// How an entry names the key: the first 16 bytes of SHA-256 over the public key, in lower-case hex.
std::string keyIdOf(std::string_view publicKey);

} // namespace meshbone::catalog
