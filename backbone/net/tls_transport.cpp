// SPDX-License-Identifier: Apache-2.0
#include "net/tls_transport.h"

#include "net/socket_bio.h"
#include "tls/subject_name.h"

#include <fmt/format.h>

#include <openssl/err.h>
#include <openssl/sslerr.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace meshbone::backbone::net {

namespace {

constexpr std::size_t kRecordBytes = 16'384; ///< the most that one TLS record carries
constexpr std::size_t kReadBytes = 65'536;

/// Why a handshake failed, from the last reason that OpenSSL gives.
std::string handshakeSentence(int reason, long verdict, const tls::ServerContext& context) {
    switch (reason) {
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
        return "It showed no certificate, which this listener requires (ssl.client.auth).";
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
        return fmt::format("Its certificate was not accepted: {}. Is its authority in ssl.truststore?",
                           X509_verify_cert_error_string(verdict));
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
        return "It speaks HTTP, but this port speaks the Kafka protocol over TLS.";
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_UNEXPECTED_MESSAGE:
    case SSL_R_BAD_RECORD_TYPE:
    case SSL_R_RECORD_TOO_SMALL:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
        return "It does not speak TLS, but this listener does: set security.protocol to SSL or SASL_SSL.";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
        return fmt::format("It offers no version of TLS that is enabled here ({}).", context.protocols());
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
        return "It offers no cipher that this broker has.";
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
        return "It did not accept this broker's certificate: give the client the authority's certificate, and an "
               "address that the broker's certificate names.";
    default:
        return fmt::format("Its TLS handshake failed: {}.",
                           ERR_reason_error_string(ERR_PACK(ERR_LIB_SSL, 0, reason)) != nullptr
                               ? ERR_reason_error_string(ERR_PACK(ERR_LIB_SSL, 0, reason))
                               : "no reason is known");
    }
}

class TlsTransport final : public Transport {
public:
    TlsTransport(std::shared_ptr<const tls::ServerContext> context, tls::SslPtr ssl, int descriptor)
        : m_context(std::move(context))
        , m_descriptor(descriptor)
        , m_ssl(std::move(ssl)) {
        auto bio = socketBio(descriptor, &m_allowance);
        SSL_set_bio(m_ssl.get(), bio.get(), bio.get());
        bio.release();
    }

    Outcome shakeHands() override {
        m_allowance.bytes = kMaxHandshakeBytes - std::min(m_allowance.taken, kMaxHandshakeBytes);
        ERR_clear_error();
        const int done = SSL_do_handshake(m_ssl.get());
        acknowledgeAtOnce();
        if (done == 1) {
            m_ready = true;
            m_mayHoldMore = true; // what came behind the handshake
            return Outcome::Moved;
        }
        if (m_allowance.bytes == 0) {
            m_failure = "It sent too much in its TLS handshake.";
            return Outcome::Broken;
        }
        return outcomeOf(done);
    }

    Move receive(std::span<char> into) override {
        m_allowance.bytes = kReadBytes;
        m_mayHoldMore = false;
        std::size_t total = 0;
        while (total < into.size()) {
            std::size_t count = 0;
            ERR_clear_error();
            const int done = SSL_read_ex(m_ssl.get(), into.data() + total, into.size() - total, &count);
            if (done == 1) {
                total += count;
                continue;
            }
            const auto outcome = outcomeOf(done);
            m_mayHoldMore = outcome != Outcome::WantsRead; // what it is about is met again by the next call
            return total == 0 ? Move{outcome} : Move{Outcome::Moved, total};
        }
        m_mayHoldMore = true;
        return {Outcome::Moved, total};
    }

    Move send(std::span<const iovec> pieces) override {
        std::array<char, kRecordBytes> joined;
        const auto part = firstRecord(pieces, joined);
        std::size_t count = 0;
        ERR_clear_error();
        const int done = SSL_write_ex(m_ssl.get(), part.data(), part.size(), &count);
        return done == 1 ? Move{Outcome::Moved, count} : Move{outcomeOf(done)};
    }

    [[nodiscard]] bool mayHoldMore() const override { return m_mayHoldMore; }

    bool isGone() override {
        char byte = 0;
        std::size_t count = 0;
        m_allowance.bytes = kReadBytes;
        ERR_clear_error();
        const int done = SSL_peek_ex(m_ssl.get(), &byte, 1, &count);
        m_mayHoldMore = true; // the look took it off the socket
        const auto outcome = done == 1 ? Outcome::Moved : outcomeOf(done);
        return outcome == Outcome::Closed || outcome == Outcome::Broken;
    }

    void sayGoodbye() override {
        if (m_ready && m_failure.empty()) {
            ERR_clear_error();
            SSL_shutdown(m_ssl.get());
            ERR_clear_error();
        }
    }

    [[nodiscard]] std::string failure() const override { return m_failure; }

    [[nodiscard]] std::optional<std::string> peerName() const override {
        const auto* certificate = SSL_get0_peer_certificate(m_ssl.get());
        return certificate != nullptr ? std::optional(tls::subjectName(certificate)) : std::nullopt;
    }

private:
    /// A client that ends its handshake and asks its first question in two small writes waits for the first one's
    /// acknowledgement (Nagle), which the system would hold back for 40 ms.
    void acknowledgeAtOnce() const {
        const int yes = 1;
        ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
    }

    /// Long pieces go as they lie; short ones, heads of answers, are joined, so that they share a record. On a retry it
    /// gives the same bytes, perhaps more of them.
    static std::string_view firstRecord(std::span<const iovec> pieces, std::array<char, kRecordBytes>& joined) {
        if (pieces.front().iov_len >= kRecordBytes) {
            return {static_cast<const char*>(pieces.front().iov_base), pieces.front().iov_len};
        }
        std::size_t filled = 0;
        for (const auto& piece : pieces) {
            const auto part = std::min(piece.iov_len, joined.size() - filled);
            std::memcpy(joined.data() + filled, piece.iov_base, part);
            filled += part;
        }
        return {joined.data(), filled};
    }

    Outcome outcomeOf(int done) {
        switch (SSL_get_error(m_ssl.get(), done)) {
        case SSL_ERROR_WANT_READ:
            return Outcome::WantsRead;
        case SSL_ERROR_WANT_WRITE:
            return Outcome::WantsWrite;
        case SSL_ERROR_ZERO_RETURN:
        case SSL_ERROR_SYSCALL:
            return Outcome::Closed;
        default:
            break;
        }
        const auto code = ERR_peek_last_error();
        if (m_failure.empty() && !m_ready) {
            m_failure = handshakeSentence(ERR_GET_REASON(code), SSL_get_verify_result(m_ssl.get()), *m_context);
        } else if (m_failure.empty()) {
            m_failure = fmt::format("It broke the rules of TLS: {}.", tls::opensslReason("no reason is known"));
        }
        ERR_clear_error();
        return Outcome::Broken;
    }

    std::shared_ptr<const tls::ServerContext> m_context;
    int m_descriptor;
    ReadAllowance m_allowance;
    tls::SslPtr m_ssl;
    std::string m_failure;
    bool m_ready = false;
    bool m_mayHoldMore = false;
};

} // namespace

std::unique_ptr<Transport> tlsTransport(std::shared_ptr<const tls::ServerContext> context, int descriptor) {
    auto ssl = context->newConnection();
    return ssl ? std::make_unique<TlsTransport>(std::move(context), std::move(ssl), descriptor) : nullptr;
}

} // namespace meshbone::backbone::net
