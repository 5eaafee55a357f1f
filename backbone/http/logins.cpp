// SPDX-License-Identifier: Apache-2.0
#include "http/logins.h"

#include "http/header_name.h"

#include <backbone/base64.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>

namespace meshbone::backbone::http {

namespace {

constexpr std::string_view kHeader = "authorization";
constexpr std::string_view kScheme = "basic ";

void wipe(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

bool startsWithScheme(std::string_view value) {
    return value.size() > kScheme.size() && sameName(value.substr(0, kScheme.size()), kScheme);
}

/// "user:password", decoded; empty where the header isn't there, or isn't of this kind. Wipes it.
std::string takeCredentials(HttpRequest& request) {
    std::string credentials;
    for (auto& [name, value] : request.headers) {
        if (sameName(name, kHeader)) {
            if (credentials.empty() && startsWithScheme(value)) {
                const auto encoded = std::string_view(value).substr(kScheme.size());
                const auto from = std::min(encoded.find_first_not_of(' '), encoded.size());
                credentials = fromBase64(encoded.substr(from)).value_or("");
            }
            wipe(value);
        }
    }
    std::erase_if(request.headers, [](const auto& header) { return sameName(header.first, kHeader); });
    return credentials;
}

} // namespace

Logins::Verdict Logins::check(HttpRequest& request, Clock::time_point now) {
    if (!m_authenticator) {
        return {Outcome::In, {}, {}};
    }
    auto credentials = takeCredentials(request);
    const auto colon = credentials.find(':');
    if (colon == std::string::npos) {
        wipe(credentials);
        return {Outcome::Missing, {}, {}};
    }
    const auto user = credentials.substr(0, colon);
    auto password = credentials.substr(colon + 1);
    wipe(credentials);
    auto verdict = decide(user, password, request.remoteAddress, now);
    wipe(password);
    return verdict;
}

Logins::Verdict Logins::decide(const std::string& user, const std::string& password, const std::string& address,
                               Clock::time_point now) {
    std::uint64_t generation = 0;
    {
        const std::scoped_lock lock(m_lock);
        generation = m_generation;
        const auto known = m_known.find(user);
        if (known != m_known.end() && now < known->second.until) {
            const auto hash = hashOf(known->second.salt, password);
            if (hash && CRYPTO_memcmp(hash->data(), known->second.hash.data(), hash->size()) == 0) {
                return {Outcome::In, known->second.principal, {}};
            }
        }
    }
    if (m_wrong.isBusy(address)) {
        return {Outcome::TooMany, {}, {}};
    }
    if (auto principal = m_authenticator(user, password)) {
        remember(user, password, *principal, generation, now);
        return {Outcome::In, std::move(*principal), {}};
    }
    return {Outcome::Wrong, {}, m_wrong.add(address, now)};
}

void Logins::remember(const std::string& user, const std::string& password, const std::string& principal,
                      std::uint64_t generation, Clock::time_point now) {
    Known known{{}, {}, principal, now + m_memory};
    if (m_memory.count() <= 0 || RAND_bytes(known.salt.data(), static_cast<int>(known.salt.size())) != 1) {
        return;
    }
    const auto hash = hashOf(known.salt, password);
    const std::scoped_lock lock(m_lock);
    if (!hash || generation != m_generation) {
        return; // told to forget while it was verified: the password may be the old one
    }
    if (m_known.size() >= kKnownMax && !m_known.contains(user)) {
        m_known.erase(std::ranges::min_element(m_known, {}, [](const auto& one) { return one.second.until; }));
    }
    known.hash = *hash;
    m_known.insert_or_assign(user, std::move(known));
}

std::optional<Logins::Hash> Logins::hashOf(const Hash& salt, const std::string& password) {
    Hash hash{};
    std::string salted(salt.begin(), salt.end());
    salted += password;
    const bool done = EVP_Digest(salted.data(), salted.size(), hash.data(), nullptr, EVP_sha256(), nullptr) == 1;
    wipe(salted);
    return done ? std::optional(hash) : std::nullopt;
}

void Logins::forget() {
    const std::scoped_lock lock(m_lock);
    m_known.clear();
    ++m_generation;
}

} // namespace meshbone::backbone::http
