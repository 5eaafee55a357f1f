// SPDX-License-Identifier: Apache-2.0
#include "tls/server_context.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <fmt/format.h>

namespace meshbone::backbone::tls {

namespace {

constexpr long kMaxChainBytes = 65'536; ///< of a client's certificates

std::unexpected<Error> refuse(std::string_view what) {
    return fail(ErrorCode::InvalidArgument,
                fmt::format("TLS can't be used: {} ({}).", what, opensslReason("no reason")));
}

} // namespace

Result<std::shared_ptr<const ServerContext>> ServerContext::make(const ServerSettings& settings) {
    ERR_clear_error();
    std::shared_ptr<ServerContext> made(new ServerContext);
    made->m_context.reset(SSL_CTX_new(TLS_server_method()));
    made->m_tls12 = settings.tls12;
    made->m_tls13 = settings.tls13;
    auto* context = made->m_context.get();
    if (context == nullptr) {
        return refuse("OpenSSL makes no context");
    }
    if (!settings.tls12 && !settings.tls13) {
        return fail(ErrorCode::InvalidArgument,
                    "ssl.enabled.protocols names no protocol: give TLSv1.2, TLSv1.3 or both.");
    }
    SSL_CTX_set_min_proto_version(context, settings.tls12 ? TLS1_2_VERSION : TLS1_3_VERSION);
    SSL_CTX_set_max_proto_version(context, settings.tls13 ? TLS1_3_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    // An idle connection holds no buffer; answers may be written in parts, from where they lie then.
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_max_cert_list(context, kMaxChainBytes);
    if (SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES:!SHA1:@SECLEVEL=2") != 1) {
        return refuse("OpenSSL lacks its ciphers");
    }
    if (auto known = made->identify(*settings.identity); !known) {
        return std::unexpected(known.error());
    }
    if (auto trusted = made->trust(settings); !trusted) {
        return std::unexpected(trusted.error());
    }
    return made;
}

Status ServerContext::identify(const Identity& identity) {
    auto* context = m_context.get();
    if (SSL_CTX_use_certificate(context, identity.chain.front().get()) != 1 ||
        SSL_CTX_use_PrivateKey(context, identity.key.get()) != 1) {
        return refuse("the broker's certificate or key isn't taken");
    }
    for (std::size_t i = 1; i < identity.chain.size(); ++i) {
        if (SSL_CTX_add1_chain_cert(context, identity.chain[i].get()) != 1) {
            return refuse("a certificate of the broker's chain isn't taken");
        }
    }
    return {};
}

Status ServerContext::trust(const ServerSettings& settings) {
    if (settings.clientAuth == ClientAuth::None) {
        return {};
    }
    if (settings.trusted.empty()) {
        return fail(ErrorCode::InvalidArgument,
                    "ssl.client.auth asks clients for certificates, but nothing says whose to "
                    "trust: give ssl.truststore.location or ssl.truststore.certificates.");
    }
    auto* context = m_context.get();
    auto* store = SSL_CTX_get_cert_store(context);
    for (const auto* one : settings.trusted) {
        auto* certificate = const_cast<X509*>(one); // only counted
        if (X509_STORE_add_cert(store, certificate) != 1 || SSL_CTX_add_client_CA(context, certificate) != 1) {
            return refuse("a certificate of ssl.truststore isn't taken");
        }
    }
    // As in Java, whatever is in the trust store is trusted, whoever signed it.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    const bool required = settings.clientAuth == ClientAuth::Required;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
    return {};
}

SslPtr ServerContext::newConnection() const {
    SslPtr ssl(SSL_new(m_context.get()));
    if (ssl) {
        SSL_set_accept_state(ssl.get());
    }
    return ssl;
}

std::string ServerContext::protocols() const {
    return m_tls12 && m_tls13 ? "TLSv1.2, TLSv1.3" : m_tls13 ? "TLSv1.3" : "TLSv1.2";
}

} // namespace meshbone::backbone::tls
