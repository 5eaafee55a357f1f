// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/pem.h"

#include <ctime>
#include <string>
#include <vector>

namespace meshbone::backbone::tls {

/// The certificate authority of one broker: signs the broker's own certificates, and those of clients who ask its
/// admin. Keys are EC P-256. Value type, movable; knows no files.
class Authority {
public:
    static constexpr std::time_t kLifeSeconds = 10LL * 365 * 24 * 3600;
    static constexpr std::time_t kServerLifeSeconds = 365LL * 24 * 3600;

    /// A new key, and a certificate of its own with a name that no other authority has.
    static Result<Authority> make(std::time_t now);
    /// One that was made earlier; `certificate` may hold several, the newest first.
    static Result<Authority> read(const std::string& certificate, const std::string& key, std::string_view what);

    /// What clients must trust.
    [[nodiscard]] std::string certificatePem() const { return pemOf(m_self.chain.front().get()); }
    [[nodiscard]] std::string keyPem() const { return pemOf(m_self.key.get()); }
    [[nodiscard]] X509* certificate() const { return m_self.chain.front().get(); }
    /// Too near its end for the certificates that it signs.
    [[nodiscard]] bool isEnding(std::time_t now) const;
    /// A new certificate with the same name and key: who trusts the old one goes on trusting what this one signs, for
    /// as long as the old one holds.
    Status renew(std::time_t now);

    /// A new key and a certificate for a server by these names and addresses, valid for a year.
    [[nodiscard]] Result<Identity> serverIdentity(const std::vector<std::string>& hosts, std::time_t now) const;
    /// The same for a client whose subject is CN=`name`. InvalidArgument for a name that is empty or longer than 64.
    [[nodiscard]] Result<Identity> clientIdentity(const std::string& name, std::time_t now) const;

private:
    explicit Authority(Identity self)
        : m_self(std::move(self)) {}

    Identity m_self;
};

/// When the certificate ends, in seconds since 1970.
std::time_t endOf(const X509* certificate);

} // namespace meshbone::backbone::tls
