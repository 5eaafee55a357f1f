// SPDX-License-Identifier: Apache-2.0
#include "net/tls_client.h"

#include "net/socket_bio.h"
#include "net/socket_wait.h"
#include "tls/openssl.h"

#include <fmt/format.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <poll.h>

#include <algorithm>
#include <cstring>

namespace meshbone::backbone::net {

namespace {

using tls::ContextPtr;
using tls::givePassword;
using tls::opensslReason;
using tls::SslPtr;

std::unexpected<Error> unusable(std::string_view what, const std::filesystem::path& path) {
    return fail(ErrorCode::InvalidArgument,
                fmt::format("The {} '{}' can't be used: {}.", what, path.string(), opensslReason()));
}

Result<ContextPtr> makeContext(const TlsOptions& options) {
    ERR_clear_error();
    ContextPtr context(SSL_CTX_new(TLS_client_method()));
    if (!context) {
        return fail(ErrorCode::Internal, fmt::format("TLS can't be used: {}.", opensslReason()));
    }
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (options.caFile.empty()) {
        SSL_CTX_set_default_verify_paths(context.get());
    } else if (SSL_CTX_load_verify_file(context.get(), options.caFile.c_str()) != 1) {
        return unusable("CA file", options.caFile);
    }
    auto password = options.keyPassword;
    SSL_CTX_set_default_passwd_cb(context.get(), givePassword);
    SSL_CTX_set_default_passwd_cb_userdata(context.get(), &password);
    if (!options.certificateFile.empty() &&
        SSL_CTX_use_certificate_chain_file(context.get(), options.certificateFile.c_str()) != 1) {
        return unusable("certificate file", options.certificateFile);
    }
    if (!options.keyFile.empty() &&
        SSL_CTX_use_PrivateKey_file(context.get(), options.keyFile.c_str(), SSL_FILETYPE_PEM) != 1) {
        return unusable("key file", options.keyFile);
    }
    SSL_CTX_set_default_passwd_cb_userdata(context.get(), nullptr);
    return context;
}

class TlsStream final : public ClientStream {
public:
    TlsStream(Socket socket, ContextPtr context, SslPtr ssl, std::string endpoint)
        : m_socket(std::move(socket))
        , m_context(std::move(context))
        , m_ssl(std::move(ssl))
        , m_endpoint(std::move(endpoint)) {}

    Status handshake(const CallOptions& options) {
        const WaitLimit limit(options);
        while (true) {
            const int done = quietly([&] { return SSL_connect(m_ssl.get()); });
            if (done == 1) {
                return {};
            }
            if (auto ok = afterFailure(done, limit, true); !ok) {
                return ok;
            }
        }
    }

    Status send(std::string_view bytes, const CallOptions& options) override {
        const WaitLimit limit(options);
        while (!bytes.empty()) {
            std::size_t written = 0;
            const int done = quietly([&] { return SSL_write_ex(m_ssl.get(), bytes.data(), bytes.size(), &written); });
            if (done == 1) {
                bytes.remove_prefix(written);
            } else if (auto ok = afterFailure(done, limit, false); !ok) {
                return ok;
            }
        }
        return {};
    }

    Result<std::size_t> receive(std::span<char> into, const CallOptions& options) override {
        const WaitLimit limit(options);
        while (true) {
            std::size_t count = 0;
            const int done = quietly([&] { return SSL_read_ex(m_ssl.get(), into.data(), into.size(), &count); });
            if (done == 1) {
                return count;
            }
            if (SSL_get_error(m_ssl.get(), done) == SSL_ERROR_ZERO_RETURN) {
                return 0;
            }
            if (auto ok = afterFailure(done, limit, false); !ok) {
                return std::unexpected(ok.error());
            }
        }
    }

private:
    template <class Call>
    int quietly(Call call) {
        ERR_clear_error();
        return call();
    }

    /// Waits for what TLS needs next; an error when it can't go on.
    Status afterFailure(int done, const WaitLimit& limit, bool shakingHands) {
        const int problem = SSL_get_error(m_ssl.get(), done);
        if (problem != SSL_ERROR_WANT_READ && problem != SSL_ERROR_WANT_WRITE) {
            return std::unexpected(broken(shakingHands));
        }
        auto ready = limit.waitFor(m_socket.descriptor(), problem == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT);
        if (!ready && ready.error().code == ErrorCode::Timeout) {
            return fail(ErrorCode::Timeout, fmt::format("{} does not answer{}.", m_endpoint,
                                                        shakingHands ? "; does it expect TLS there?" : " in time"));
        }
        return ready;
    }

    Error broken(bool shakingHands) const {
        if (const auto verdict = SSL_get_verify_result(m_ssl.get()); shakingHands && verdict != X509_V_OK) {
            return {ErrorCode::Unavailable,
                    fmt::format("The certificate of {} was not accepted: {}; check the profile's CA file and address.",
                                m_endpoint, X509_verify_cert_error_string(verdict))};
        }
        return {ErrorCode::Unavailable, fmt::format("No secure connection to {}: {}.", m_endpoint, opensslReason())};
    }

    Socket m_socket;
    ContextPtr m_context;
    SslPtr m_ssl;
    std::string m_endpoint;
};

bool isAddress(const std::string& host) {
    const std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> address(a2i_IPADDRESS(host.c_str()),
                                                                                        ASN1_OCTET_STRING_free);
    return address != nullptr;
}

void checkName(SSL* ssl, const std::string& host) {
    if (isAddress(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
    } else {
        SSL_set1_host(ssl, host.c_str());
    }
}

} // namespace

Result<std::unique_ptr<ClientStream>> connectTls(Socket socket, const std::string& host, const std::string& endpoint,
                                                 const TlsOptions& options, const CallOptions& call) {
    auto context = makeContext(options);
    if (!context) {
        return std::unexpected(context.error());
    }
    SslPtr ssl(SSL_new(context->get()));
    auto bio = socketBio(socket.descriptor(), nullptr);
    if (!ssl || !bio) {
        return fail(ErrorCode::Internal, fmt::format("TLS can't be used: {}.", opensslReason()));
    }
    SSL_set_bio(ssl.get(), bio.get(), bio.get());
    bio.release();
    SSL_set_mode(ssl.get(), SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_ENABLE_PARTIAL_WRITE);
    if (!isAddress(host)) {
        SSL_set_tlsext_host_name(ssl.get(), host.c_str());
    }
    if (options.checkHostName) {
        checkName(ssl.get(), host);
    }
    auto stream = std::make_unique<TlsStream>(std::move(socket), std::move(*context), std::move(ssl), endpoint);
    if (auto ok = stream->handshake(call); !ok) {
        return std::unexpected(ok.error());
    }
    return stream;
}

} // namespace meshbone::backbone::net
