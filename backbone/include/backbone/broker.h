// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/hooks.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace meshbone::backbone {

namespace tls {
class ServerContext;
} // namespace tls

/// How the embedded broker is started. `properties` are Kafka's broker properties by their own names; where `listeners`
/// is one of them, it says what is listened on instead of host, port, insecure and tls.
struct BrokerOptions {
    std::filesystem::path dataDirectory;
    std::string host = "127.0.0.1"; ///< loopback only; 127.0.0.1 also listens on ::1 when the machine has it
    std::uint16_t port = 9092;      ///< 0 picks a free one
    std::map<std::string, std::string> properties;
    bool insecure = false; ///< no login; every client is User:ANONYMOUS, or who its certificate says
    bool tls = false; ///< SASL_SSL (insecure: SSL); the certificates are made here unless ssl.keystore.* gives them
    std::vector<std::string> superUsers;    ///< principals, beside those of the property super.users
    std::vector<BrokerObserver*> observers; ///< not owned; must outlive the broker
    WriteCheck* writeCheck = nullptr;       ///< not owned; must outlive the broker
};

/// Where a broker listens.
struct BrokerListener {
    std::string protocol;  ///< PLAINTEXT, SASL_PLAINTEXT, SSL or SASL_SSL
    std::string bootstrap; ///< "127.0.0.1:9092"
};

/// A SASL user for SCRAM-SHA-256, SCRAM-SHA-512 and PLAIN. Only salted hashes are stored.
struct UserCredential {
    std::string user;
    std::string password;
};

/// A client's certificate and key, PEM, which are its login where the broker trusts its own authority.
struct ClientCertificate {
    std::string certificatePem;
    std::string keyPem; ///< unencrypted: for a file that only its owner may read
    std::string
        subject; ///< as Kafka spells it, "CN=orders"; the principal is what ssl.principal.mapping.rules make of it
};
/// Signed by the authority in a broker's data directory, valid for a year; the broker may run meanwhile. NotFound where
/// there is no authority (no broker has spoken TLS there yet), InvalidArgument for a name that a certificate can't
/// have.
Result<ClientCertificate> issueClientCertificate(const std::filesystem::path& dataDirectory, const std::string& name);

/// The embedded broker: a durable single-node broker that speaks the Kafka protocol. Owned by app; start() and the
/// destructor may be called from any thread, the other functions from any thread while it runs.
/// Threads of its own: "mb-loop" (network, codec, log and fetch) and "mb-sync" (fdatasync), and for a time
/// "mb-recover".
class EmbeddedBroker {
public:
    virtual ~EmbeddedBroker() = default; ///< stops cleanly: everything flushed, clean-shutdown marker written

    /// Opens or creates the data directory, recovers it, listens. Fails with Locked (directory or port in use), Io
    /// (read-only), Exhausted (disk full), Corrupt (not ours, or from a newer version) or InvalidArgument (a property).
    static Result<std::unique_ptr<EmbeddedBroker>> start(const BrokerOptions& options);

    [[nodiscard]] virtual std::string bootstrap() const = 0; ///< of the first listener
    [[nodiscard]] virtual std::vector<BrokerListener> listeners() const = 0;
    /// The authority that signed this broker's certificates, PEM: what clients must trust. Empty without TLS, and where
    /// the certificates were given.
    [[nodiscard]] virtual std::filesystem::path caFile() const = 0;
    [[nodiscard]] virtual std::string clusterId() const = 0;
    /// Creates the user or changes its password; durable before it returns.
    virtual Status putUser(const UserCredential& credential) = 0;
    virtual Status removeUser(const std::string& user) = 0; ///< and closes the connections that are open as this user
    [[nodiscard]] virtual std::vector<std::string> users() const = 0;
    /// Whether this is the user's password; takes milliseconds, as long for a user that there isn't. Nobody is told.
    [[nodiscard]] virtual bool passwordMatches(const std::string& user, const std::string& password) const = 0;
    /// Whether a principal may do it (with an empty name: to some resource of the kind), by the ACLs as they are now;
    /// true where there is no authorizer. Observers aren't told. Waits for the loop, some ten microseconds; not from
    /// the loop's own thread.
    virtual bool mayDo(const std::string& principal, Operation operation, ResourceKind kind,
                       const std::string& resource) = 0;
    /// What a further service beside the broker speaks TLS with, under the broker's own name; null without TLS.
    [[nodiscard]] virtual std::shared_ptr<const tls::ServerContext> tlsContext() = 0;
    /// From its end on an ACL decides nothing, whether or not somebody removes it: kept across restarts, and by the
    /// broker alone, since Kafka's protocol knows no ends. -1: no end. Bindings that aren't there are passed over.
    /// Durable before it returns; waits for the loop, about a millisecond.
    virtual Status limitAcls(const std::map<AclBinding, TimestampMs>& ends) = 0;
    /// Stops cleanly; later calls do nothing. Bounded by about 10 s.
    virtual void stop() = 0;
};

} // namespace meshbone::backbone
