// SPDX-License-Identifier: Apache-2.0
#include "broker/listeners/tls_keys.h"

#include "broker/private_file.h"
#include "net/log_line.h"
#include "tls/subject_name.h"

#include <backbone/broker.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unistd.h>

namespace meshbone::backbone::broker {

namespace {

constexpr std::time_t kRenewBeforeSeconds = 30LL * 24 * 3600;
constexpr std::time_t kTryAgainSeconds = 3600;
constexpr std::size_t kMaxStoreBytes = 16U << 20;

std::string textOf(const BrokerConfig& config, std::string_view name) {
    return config.value(name).value_or("");
}

std::unexpected<Error> refuse(std::string sentence) {
    return fail(ErrorCode::InvalidArgument, std::move(sentence));
}

tls::ClientAuth clientAuthOf(const BrokerConfig& config) {
    const auto text = textOf(config, "ssl.client.auth");
    return text == "required"    ? tls::ClientAuth::Required
           : text == "requested" ? tls::ClientAuth::Requested
                                 : tls::ClientAuth::None;
}

bool isAuthorityIn(FileSystem& files, const std::filesystem::path& folder) {
    return files.exists(folder / "ca.pem") && files.exists(folder / "ca.key");
}

Result<tls::Authority> authorityIn(FileSystem& files, const std::filesystem::path& folder) {
    const auto pem = readWholeFile(files, folder / "ca.pem", kMaxStoreBytes);
    const auto key = readWholeFile(files, folder / "ca.key", kMaxStoreBytes);
    if (!pem || !key) {
        return std::unexpected(pem ? key.error() : pem.error());
    }
    auto read = tls::Authority::read(*pem, *key, fmt::format("This broker's authority in {}", folder.string()));
    if (!read) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("{} Restore the folder from a backup, or remove it: a new authority "
                                "is made then, whose ca.pem every client needs.",
                                read.error().message));
    }
    return read;
}

std::vector<std::string> withOwnNames(std::vector<std::string> hosts) {
    char name[256] = {};
    ::gethostname(name, sizeof name - 1);
    for (const auto* host : {"localhost", "127.0.0.1", "::1", static_cast<const char*>(name)}) {
        if (*host != '\0' && std::ranges::find(hosts, host) == hosts.end()) {
            hosts.emplace_back(host);
        }
    }
    return hosts;
}

} // namespace

Result<std::unique_ptr<TlsKeys>> TlsKeys::open(FileSystem& files, std::filesystem::path folder,
                                               const BrokerConfig& config, std::vector<std::string> hosts,
                                               std::time_t now) {
    std::unique_ptr<TlsKeys> keys(new TlsKeys(files, std::move(folder)));
    keys->m_hosts = withOwnNames(std::move(hosts));
    const auto protocols = textOf(config, "ssl.enabled.protocols");
    keys->m_settings.tls12 = protocols.find("TLSv1.2") != std::string::npos;
    keys->m_settings.tls13 = protocols.find("TLSv1.3") != std::string::npos;
    keys->m_settings.clientAuth = clientAuthOf(config);
    if (auto opened = keys->openStores(config, now); !opened) {
        return std::unexpected(opened.error());
    }
    if (auto made = keys->makeContexts(); !made) {
        return std::unexpected(made.error());
    }
    return keys;
}

Status TlsKeys::openStores(const BrokerConfig& config, std::time_t now) {
    const bool given = config.isSet("ssl.keystore.location") || config.isSet("ssl.keystore.key") ||
                       config.isSet("ssl.keystore.certificate.chain");
    if (given) {
        auto identity = givenIdentity(config);
        if (!identity) {
            return std::unexpected(identity.error());
        }
        m_identity = std::move(*identity);
        m_renewAt = std::numeric_limits<std::time_t>::max();
        if (const auto left = tls::endOf(m_identity.chain.front().get()) - now; left < kRenewBeforeSeconds) {
            net::logLine(net::Severity::Warning,
                         left <= 0 ? std::string("The certificate in ssl.keystore has ended: clients will refuse it.")
                                   : fmt::format("The certificate in ssl.keystore ends in {} days.", left / 86'400));
        }
    } else if (auto opened = openAuthority(now); !opened) {
        return opened;
    }
    return readTrusted(config);
}

Result<tls::Identity> TlsKeys::givenIdentity(const BrokerConfig& config) const {
    const auto location = textOf(config, "ssl.keystore.location");
    const auto password = textOf(config, "ssl.key.password");
    if (!location.empty()) {
        if (config.isSet("ssl.keystore.key") || config.isSet("ssl.keystore.certificate.chain")) {
            return refuse("ssl.keystore.location and ssl.keystore.key or ssl.keystore.certificate.chain are both set: "
                          "give the file or the texts.");
        }
        const auto pem = readWholeFile(m_files, location, kMaxStoreBytes);
        if (!pem) {
            return std::unexpected(pem.error());
        }
        return tls::identityIn(*pem, *pem, password, fmt::format("ssl.keystore.location '{}'", location));
    }
    const auto key = textOf(config, "ssl.keystore.key");
    const auto chain = textOf(config, "ssl.keystore.certificate.chain");
    if (key.empty() || chain.empty()) {
        return refuse("ssl.keystore.key and ssl.keystore.certificate.chain belong together: give both, or "
                      "ssl.keystore.location.");
    }
    return tls::identityIn(key, chain, password, "ssl.keystore");
}

Status TlsKeys::readTrusted(const BrokerConfig& config) {
    const auto location = textOf(config, "ssl.truststore.location");
    auto pem = textOf(config, "ssl.truststore.certificates");
    auto what = std::string("ssl.truststore.certificates");
    if (!location.empty()) {
        if (!pem.empty()) {
            return refuse("ssl.truststore.location and ssl.truststore.certificates are both set: give one of them.");
        }
        auto file = readWholeFile(m_files, location, kMaxStoreBytes);
        if (!file) {
            return std::unexpected(file.error());
        }
        pem = std::move(*file);
        what = fmt::format("ssl.truststore.location '{}'", location);
    }
    if (pem.empty()) {
        return {};
    }
    auto certificates = tls::certificatesIn(pem, what);
    if (!certificates) {
        return std::unexpected(certificates.error());
    }
    m_trusted = std::move(*certificates);
    return {};
}

Status TlsKeys::openAuthority(std::time_t now) {
    if (auto made = m_files.createDirectories(m_folder); !made) {
        return made;
    }
    if (isAuthorityIn(m_files, m_folder)) {
        auto read = authorityIn(m_files, m_folder);
        if (!read) {
            return std::unexpected(read.error());
        }
        m_authority = std::move(*read);
    } else {
        auto fresh = tls::Authority::make(now);
        if (!fresh) {
            return std::unexpected(fresh.error());
        }
        m_authority = std::move(*fresh);
        if (auto written = writeAuthority(); !written) {
            return written;
        }
    }
    return makeServer(now);
}

/// The key first: a certificate without its key would be of no use.
Status TlsKeys::writeAuthority() {
    if (auto written = replacePrivateFile(m_files, m_folder / "ca.key", m_authority->keyPem()); !written) {
        return written;
    }
    const auto certificate = m_folder / "ca.pem";
    if (auto written = replaceFile(m_files, certificate, m_authority->certificatePem()); !written) {
        return written;
    }
    using enum std::filesystem::perms;
    std::error_code ignored; // whoever can't read it is told so by its client
    std::filesystem::permissions(certificate, owner_read | owner_write | group_read | others_read, ignored);
    return {};
}

Status TlsKeys::makeServer(std::time_t now) {
    if (m_authority->isEnding(now)) {
        if (auto renewed = m_authority->renew(now); !renewed) {
            return renewed;
        }
        if (auto written = writeAuthority(); !written) {
            return written;
        }
        net::logLine(net::Severity::Warning,
                     fmt::format("This broker's authority was renewed: clients should trust the new {} within a year.",
                                 caFile().string()));
    }
    auto identity = m_authority->serverIdentity(m_hosts, now);
    if (!identity) {
        return std::unexpected(identity.error());
    }
    m_identity = std::move(*identity);
    m_renewAt = tls::endOf(m_identity.chain.front().get()) - kRenewBeforeSeconds;
    return {};
}

Status TlsKeys::makeContexts() {
    m_settings.identity = &m_identity;
    m_settings.trusted.clear();
    for (const auto& certificate : m_trusted) {
        m_settings.trusted.push_back(certificate.get());
    }
    if (m_trusted.empty() && m_authority) {
        m_settings.trusted.push_back(m_authority->certificate()); // the clients that it signed
    }
    auto asking = tls::ServerContext::make(m_settings);
    if (!asking) {
        return std::unexpected(asking.error());
    }
    auto silent = m_settings;
    silent.clientAuth = tls::ClientAuth::None;
    auto notAsking = tls::ServerContext::make(silent);
    if (!notAsking) {
        return std::unexpected(notAsking.error());
    }
    m_asking = std::move(*asking);
    m_notAsking = std::move(*notAsking);
    return {};
}

std::filesystem::path TlsKeys::caFile() const {
    return m_authority ? m_folder / "ca.pem" : std::filesystem::path();
}

Status TlsKeys::renewWhenDue(std::time_t now) {
    if (now < m_renewAt) {
        return {};
    }
    m_renewAt = now + kTryAgainSeconds;
    if (auto made = makeServer(now); !made) {
        return made;
    }
    return makeContexts();
}

} // namespace meshbone::backbone::broker

namespace meshbone::backbone {

Result<ClientCertificate> issueClientCertificate(const std::filesystem::path& dataDirectory, const std::string& name) {
    auto& files = realFileSystem();
    const auto folder = dataDirectory / broker::TlsKeys::kFolder;
    if (!broker::isAuthorityIn(files, folder)) {
        return fail(ErrorCode::NotFound,
                    fmt::format("There is no authority in '{}': start the backbone with TLS once.", folder.string()));
    }
    const auto authority = broker::authorityIn(files, folder);
    if (!authority) {
        return std::unexpected(authority.error());
    }
    const auto identity = authority->clientIdentity(name, std::time(nullptr));
    if (!identity) {
        return std::unexpected(identity.error());
    }
    auto* certificate = identity->chain.front().get();
    return ClientCertificate{tls::pemOf(certificate), tls::pemOf(identity->key.get()), tls::subjectName(certificate)};
}

} // namespace meshbone::backbone
