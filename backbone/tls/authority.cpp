// SPDX-License-Identifier: Apache-2.0
#include "tls/authority.h"

#include "tls/unicode.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace meshbone::backbone::tls {

namespace {

constexpr std::time_t kClockSkewSeconds = 3600; ///< of a client whose clock is behind
constexpr std::size_t kMaxNameCharacters = 64;  ///< ub-common-name of RFC 5280

using Extensions = std::vector<std::pair<int, std::string>>;

std::unexpected<Error> unmade() {
    return fail(ErrorCode::Internal, fmt::format("A certificate could not be made: {}.", opensslReason("no reason")));
}

struct Draft {
    const X509_NAME* subject;
    EVP_PKEY* subjectKey;
    X509* issuer; ///< null: itself
    EVP_PKEY* signer;
    std::time_t begin, end;
    Extensions extensions;
};

bool addExtensions(X509* certificate, X509* issuer, const Extensions& extensions) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    return std::ranges::all_of(extensions, [&](const auto& extension) {
        auto* made = X509V3_EXT_conf_nid(nullptr, &context, extension.first, extension.second.c_str());
        const bool added = made != nullptr && X509_add_ext(certificate, made, -1) == 1;
        X509_EXTENSION_free(made);
        return added;
    });
}

bool setSerial(X509* certificate) {
    std::array<unsigned char, 16> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7fU) | 0x40U); // positive, and of one length
    auto* number = BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr);
    const bool set = BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
    BN_free(number);
    return set;
}

CertificatePtr signedFrom(const Draft& draft) {
    CertificatePtr made(X509_new());
    auto* issuer = draft.issuer != nullptr ? draft.issuer : made.get();
    const bool good = made && X509_set_version(made.get(), X509_VERSION_3) == 1 && setSerial(made.get()) &&
                      X509_set_subject_name(made.get(), draft.subject) == 1 &&
                      X509_set_issuer_name(made.get(), X509_get_subject_name(issuer)) == 1 &&
                      ASN1_TIME_set(X509_getm_notBefore(made.get()), draft.begin) != nullptr &&
                      ASN1_TIME_set(X509_getm_notAfter(made.get()), draft.end) != nullptr &&
                      X509_set_pubkey(made.get(), draft.subjectKey) == 1 &&
                      addExtensions(made.get(), issuer, draft.extensions) &&
                      X509_sign(made.get(), draft.signer, EVP_sha256()) > 0;
    return good ? std::move(made) : nullptr;
}

using NamePtr = std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)>;

NamePtr commonName(const std::string& text) {
    NamePtr name(X509_NAME_new(), X509_NAME_free);
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (X509_NAME_add_entry_by_NID(name.get(), NID_commonName, MBSTRING_UTF8, bytes, static_cast<int>(text.size()), -1,
                                   0) != 1) {
        name.reset();
    }
    return name;
}

CertificatePtr ownCertificate(const X509_NAME* name, EVP_PKEY* key, std::time_t now) {
    return signedFrom({name,
                       key,
                       nullptr,
                       key,
                       now - kClockSkewSeconds,
                       now + Authority::kLifeSeconds,
                       {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                        {NID_key_usage, "critical,keyCertSign,cRLSign"},
                        {NID_subject_key_identifier, "hash"}}});
}

std::string hexOf(const std::array<unsigned char, 6>& bytes) {
    std::string text;
    for (const auto byte : bytes) {
        text += fmt::format("{:02x}", byte);
    }
    return text;
}

bool isAddress(const std::string& host) {
    const std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> address(a2i_IPADDRESS(host.c_str()),
                                                                                        ASN1_OCTET_STRING_free);
    return address != nullptr;
}

/// Commas and the like would be read as further names.
bool isHostName(const std::string& host) {
    return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_';
    });
}

std::string alternativeNames(const std::vector<std::string>& hosts) {
    std::string names;
    for (const auto& host : hosts) {
        const bool address = isAddress(host);
        if (address || isHostName(host)) {
            names += fmt::format("{}{}:{}", names.empty() ? "" : ",", address ? "IP" : "DNS", host);
        }
    }
    ERR_clear_error(); // what a2i_IPADDRESS said about names
    return names;
}

Result<Identity> identityFor(const Identity& authority, const X509_NAME* name, std::time_t now, Extensions more) {
    Identity made;
    made.key.reset(EVP_EC_gen("P-256"));
    if (!made.key || name == nullptr) {
        return unmade();
    }
    Extensions extensions{{NID_basic_constraints, "critical,CA:FALSE"},
                          {NID_key_usage, "critical,digitalSignature"},
                          {NID_subject_key_identifier, "hash"},
                          {NID_authority_key_identifier, "keyid:always"}};
    extensions.insert(extensions.end(), more.begin(), more.end());
    auto* issuer = authority.chain.front().get();
    auto certificate = signedFrom({name, made.key.get(), issuer, authority.key.get(), now - kClockSkewSeconds,
                                   std::min(now + Authority::kServerLifeSeconds, endOf(issuer)), extensions});
    if (!certificate) {
        return unmade();
    }
    made.chain.push_back(std::move(certificate));
    return made;
}

} // namespace

std::time_t endOf(const X509* certificate) {
    std::tm utc{};
    return ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &utc) == 1 ? ::timegm(&utc) : 0;
}

Result<Authority> Authority::make(std::time_t now) {
    ERR_clear_error();
    std::array<unsigned char, 6> random{};
    RAND_bytes(random.data(), static_cast<int>(random.size()));
    const auto name = commonName("Meshbone broker " + hexOf(random));
    Identity self;
    self.key.reset(EVP_EC_gen("P-256"));
    auto certificate = self.key && name ? ownCertificate(name.get(), self.key.get(), now) : nullptr;
    if (!certificate) {
        return unmade();
    }
    self.chain.push_back(std::move(certificate));
    return Authority(std::move(self));
}

Result<Authority> Authority::read(const std::string& certificate, const std::string& key, std::string_view what) {
    auto self = identityIn(key, certificate, {}, what);
    if (!self) {
        return std::unexpected(self.error());
    }
    return Authority(std::move(*self));
}

bool Authority::isEnding(std::time_t now) const {
    return endOf(certificate()) - now < kServerLifeSeconds;
}

Status Authority::renew(std::time_t now) {
    ERR_clear_error();
    auto fresh = ownCertificate(X509_get_subject_name(certificate()), m_self.key.get(), now);
    if (!fresh) {
        return unmade();
    }
    m_self.chain.front() = std::move(fresh);
    return {};
}

Result<Identity> Authority::serverIdentity(const std::vector<std::string>& hosts, std::time_t now) const {
    ERR_clear_error();
    const auto names = alternativeNames(hosts);
    if (names.empty()) {
        return fail(ErrorCode::InvalidArgument, "A server's certificate needs the name or address of its host.");
    }
    const auto name = commonName("Meshbone broker");
    return identityFor(m_self, name.get(), now, {{NID_ext_key_usage, "serverAuth"}, {NID_subject_alt_name, names}});
}

Result<Identity> Authority::clientIdentity(const std::string& name, std::time_t now) const {
    ERR_clear_error();
    const auto length = codePointsOf(name).size();
    if (length == 0 || length > kMaxNameCharacters) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("'{}' can't be the name in a certificate: it must have 1 to {} characters.", name,
                                kMaxNameCharacters));
    }
    const auto subject = commonName(name);
    return identityFor(m_self, subject.get(), now, {{NID_ext_key_usage, "clientAuth"}});
}

} // namespace meshbone::backbone::tls
