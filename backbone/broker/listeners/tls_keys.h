// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/broker_config.h"
#include "log/file_system.h"
#include "tls/authority.h"
#include "tls/server_context.h"

#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::backbone::broker {

/// The keys and certificates of the TLS listeners: those that ssl.keystore.* gives, or a server certificate that an
/// authority of this broker signs. The authority is made on the first start and kept in a folder: `ca.pem`, which
/// clients must trust, and `ca.key` (mode 0600). The server's own key is never written: each start makes another one,
/// and a running broker does in time before it ends. Loop thread only, once the loop runs.
class TlsKeys {
public:
    static constexpr auto kFolder = "tls"; ///< in the data directory
    /// `hosts`: what the server's certificate names beside localhost, the loopback addresses and this machine's name.
    /// InvalidArgument for properties that can't be meant, NotFound or Io for their files, Corrupt for a damaged
    /// authority.
    static Result<std::unique_ptr<TlsKeys>> open(FileSystem& files, std::filesystem::path folder,
                                                 const BrokerConfig& config, std::vector<std::string> hosts,
                                                 std::time_t now);

    /// What new connections of a listener use; `asksClients`: as ssl.client.auth says, else for no certificate.
    [[nodiscard]] std::shared_ptr<const tls::ServerContext> context(bool asksClients) const {
        return asksClients ? m_asking : m_notAsking;
    }
    /// ca.pem; empty where the certificates were given.
    [[nodiscard]] std::filesystem::path caFile() const;

    /// Makes what ends within a month anew. Cheap when nothing does; a millisecond when the server's certificate does.
    Status renewWhenDue(std::time_t now);

private:
    TlsKeys(FileSystem& files, std::filesystem::path folder)
        : m_files(files)
        , m_folder(std::move(folder)) {}
    Status openStores(const BrokerConfig& config, std::time_t now);
    Status openAuthority(std::time_t now);
    Status writeAuthority();
    Status makeServer(std::time_t now);
    Status makeContexts();
    Result<tls::Identity> givenIdentity(const BrokerConfig& config) const;
    Status readTrusted(const BrokerConfig& config);

    FileSystem& m_files;
    std::filesystem::path m_folder;
    std::vector<std::string> m_hosts;
    tls::ServerSettings m_settings;            ///< without pointers, which makeContexts() adds
    std::optional<tls::Authority> m_authority; ///< none: the identity was given
    tls::Identity m_identity;
    std::vector<tls::CertificatePtr> m_trusted;
    std::shared_ptr<const tls::ServerContext> m_asking, m_notAsking;
    std::time_t m_renewAt = 0;
};

} // namespace meshbone::backbone::broker
