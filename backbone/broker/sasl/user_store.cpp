// SPDX-License-Identifier: Apache-2.0
#include "broker/sasl/user_store.h"

#include "broker/private_file.h"

#include <backbone/base64.h>

#include <fmt/format.h>

#include <charconv>
#include <span>
#include <sstream>
#include <tuple>

namespace meshbone::backbone::broker {

using namespace sasl;

namespace {

constexpr std::string_view kFirstLine = "meshbone-users 1\n";
constexpr int kIterations = 4'096; // Kafka's minimum and default
constexpr std::size_t kSecretBytes = 32;

std::string line(const std::string& user, std::string_view hash, const ScramVerifier& v) {
    return fmt::format("{} {} {} {} {} {}\n", toBase64(user), hash, v.iterations, toBase64(v.salt),
                       toBase64(v.storedKey), toBase64(v.serverKey));
}

bool applyLine(const std::string& text, std::map<std::string, UserVerifiers>& users, std::string& secret) {
    std::istringstream words(text);
    std::string first;
    std::string second;
    words >> first >> second;
    if (first == "secret") {
        secret = fromBase64(second).value_or("");
        return !secret.empty();
    }
    ScramVerifier verifier;
    std::string salt;
    std::string storedKey;
    std::string serverKey;
    words >> verifier.iterations >> salt >> storedKey >> serverKey;
    const auto name = fromBase64(first);
    verifier.salt = fromBase64(salt).value_or("");
    verifier.storedKey = fromBase64(storedKey).value_or("");
    verifier.serverKey = fromBase64(serverKey).value_or("");
    if (!words || !name || verifier.storedKey.empty() || (second != "SHA-256" && second != "SHA-512")) {
        return false;
    }
    auto& user = users[*name];
    user.of(second == "SHA-256" ? ScramHash::Sha256 : ScramHash::Sha512) = std::move(verifier);
    return true;
}

} // namespace

Result<std::unique_ptr<UserStore>> UserStore::open(FileSystem& files, std::filesystem::path path) {
    std::unique_ptr<UserStore> store(new UserStore(files, std::move(path)));
    if (auto loaded = store->load(); !loaded) {
        return std::unexpected(loaded.error());
    }
    return store;
}

Status UserStore::load() {
    if (!m_files.exists(m_path)) {
        m_secret = randomBytes(kSecretBytes);
        return {}; // the file is made with the first user
    }
    const auto content = readWholeFile(m_files, m_path);
    if (!content) {
        return std::unexpected(content.error());
    }
    const auto damaged = [&] {
        return fail(ErrorCode::Corrupt, fmt::format("The user list {} is damaged or from a newer version: restore it "
                                                    "from a backup, or delete it and add the users again.",
                                                    m_path.string()));
    };
    if (!content->starts_with(kFirstLine)) {
        return damaged();
    }
    std::istringstream lines(content->substr(kFirstLine.size()));
    for (std::string text; std::getline(lines, text);) {
        if (!applyLine(text, m_users, m_secret)) {
            return damaged();
        }
    }
    return m_secret.empty() ? Status(damaged()) : Status{};
}

Status UserStore::write(const Users& users) {
    auto all = fmt::format("{}secret {}\n", kFirstLine, toBase64(m_secret));
    for (const auto& [name, verifiers] : users) {
        all += verifiers.sha256 ? line(name, "SHA-256", *verifiers.sha256) : std::string();
        all += verifiers.sha512 ? line(name, "SHA-512", *verifiers.sha512) : std::string();
    }
    return replacePrivateFile(m_files, m_path, all);
}

Status UserStore::put(const std::string& user, const std::string& password) {
    if (user.empty() || password.empty()) {
        return fail(ErrorCode::InvalidArgument, "A user needs a name and a password.");
    }
    return change({{user, ScramHash::Sha256, makeScramVerifier(ScramHash::Sha256, password, kIterations)},
                   {user, ScramHash::Sha512, makeScramVerifier(ScramHash::Sha512, password, kIterations)}});
}

Status UserStore::change(const std::vector<UserChange>& changes) {
    const std::lock_guard lock(m_lock);
    auto users = m_users;
    for (const auto& one : changes) {
        auto& user = users[one.user];
        user.of(one.hash) = one.verifier;
        if (!user.sha256 && !user.sha512) {
            users.erase(one.user);
        }
    }
    if (auto written = write(users); !written) {
        return written;
    }
    m_users = std::move(users);
    return {};
}

std::map<std::string, UserVerifiers> UserStore::all() const {
    const std::lock_guard lock(m_lock);
    return m_users;
}

bool UserStore::has(const std::string& user) const {
    const std::lock_guard lock(m_lock);
    return m_users.contains(user);
}

Status UserStore::remove(const std::string& user) {
    const std::lock_guard lock(m_lock);
    auto users = m_users;
    if (users.erase(user) == 0) {
        return fail(ErrorCode::NotFound, fmt::format("There is no user '{}'.", user));
    }
    if (auto written = write(users); !written) {
        return written;
    }
    m_users = std::move(users);
    return {};
}

std::vector<std::string> UserStore::names() const {
    const std::lock_guard lock(m_lock);
    std::vector<std::string> names;
    for (const auto& [name, verifiers] : m_users) {
        names.push_back(name);
    }
    return names;
}

std::pair<ScramVerifier, bool> UserStore::verifier(ScramHash hash, const std::string& user) const {
    const std::lock_guard lock(m_lock);
    if (const auto found = m_users.find(user); found != m_users.end() && found->second.of(hash)) {
        return {*found->second.of(hash), true};
    }
    ScramVerifier madeUp;
    madeUp.iterations = kIterations;
    madeUp.salt = scramHmac(hash, m_secret, "salt " + user).substr(0, 24);
    madeUp.storedKey = scramHmac(hash, m_secret, "stored " + user);
    madeUp.serverKey = scramHmac(hash, m_secret, "server " + user);
    return {std::move(madeUp), false};
}

bool UserStore::check(const std::string& user, const std::string& password) const {
    auto hash = ScramHash::Sha256;
    auto [found, known] = verifier(hash, user);
    if (!known && has(user)) { // made with the other mechanism only
        hash = ScramHash::Sha512;
        std::tie(found, known) = verifier(hash, user);
    }
    const bool matches = passwordMatches(hash, found, password);
    return matches && known;
}

} // namespace meshbone::backbone::broker
