// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "raw_client.h"

#include "net/socket_bio.h"
#include "tls/authority.h"

#include <openssl/err.h>

#include <ctime>
#include <string>

namespace meshbone::testing {

/// How a TlsClient shakes hands.
struct TlsWishes {
    std::string trustedPem;                            ///< empty: whoever it is
    const backbone::tls::Identity* identity = nullptr; ///< shown when the server asks
    int newest = TLS1_3_VERSION;
};

/// A RawClient in TLS. Throws std::runtime_error where the handshake fails, with OpenSSL's reason.
class TlsClient : public RawClient {
public:
    TlsClient(std::uint16_t port, const TlsWishes& wishes)
        : RawClient(port)
        , m_context(SSL_CTX_new(TLS_client_method())) {
        const timeval patience{kPatienceMs / 1'000, 0};
        ::setsockopt(descriptor(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(descriptor(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        prepare(wishes);
        m_ssl.reset(SSL_new(m_context.get()));
        auto bio = backbone::net::socketBio(descriptor(), nullptr);
        SSL_set_bio(m_ssl.get(), bio.get(), bio.get());
        bio.release();
        ERR_clear_error();
        if (SSL_connect(m_ssl.get()) != 1) {
            throw std::runtime_error(backbone::tls::opensslReason());
        }
    }

    void sendBytes(std::string_view bytes) override {
        while (!bytes.empty()) {
            std::size_t sent = 0;
            ERR_clear_error();
            if (SSL_write_ex(m_ssl.get(), bytes.data(), bytes.size(), &sent) != 1) {
                throw std::runtime_error("send failed: " + backbone::tls::opensslReason());
            }
            bytes.remove_prefix(sent);
        }
    }

    [[nodiscard]] SSL* ssl() const { return m_ssl.get(); }
    /// What the server said at last, where the connection is over.
    [[nodiscard]] const std::string& lastWord() const { return m_lastWord; }

protected:
    std::optional<std::string> readExactly(std::size_t size) override {
        std::string bytes(size, '\0');
        for (std::size_t at = 0; at < size;) {
            std::size_t got = 0;
            ERR_clear_error();
            const int done = SSL_read_ex(m_ssl.get(), bytes.data() + at, size - at, &got);
            if (done != 1 && SSL_get_error(m_ssl.get(), done) == SSL_ERROR_WANT_READ) {
                throw std::runtime_error("the broker did not react in time");
            }
            if (done != 1) {
                m_lastWord = backbone::tls::opensslReason("closed");
                return std::nullopt;
            }
            at += got;
        }
        return bytes;
    }

private:
    void prepare(const TlsWishes& wishes) {
        SSL_CTX_set_max_proto_version(m_context.get(), wishes.newest);
        SSL_CTX_set_options(m_context.get(), SSL_OP_IGNORE_UNEXPECTED_EOF);
        if (!wishes.trustedPem.empty()) {
            const auto trusted = backbone::tls::certificatesIn(wishes.trustedPem, "the test's").value();
            for (const auto& certificate : trusted) {
                X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context.get()), certificate.get());
            }
            X509_VERIFY_PARAM_set1_ip_asc(SSL_CTX_get0_param(m_context.get()), "127.0.0.1");
            SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_PEER, nullptr);
        }
        if (wishes.identity != nullptr) {
            SSL_CTX_use_certificate(m_context.get(), wishes.identity->chain.front().get());
            SSL_CTX_use_PrivateKey(m_context.get(), wishes.identity->key.get());
        }
    }

    backbone::tls::ContextPtr m_context;
    backbone::tls::SslPtr m_ssl;
    std::string m_lastWord;
};

} // namespace meshbone::testing
