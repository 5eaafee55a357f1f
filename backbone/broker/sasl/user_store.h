// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"
#include "sasl/scram.h"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::backbone::broker {

using sasl::ScramHash;
using sasl::ScramVerifier;

/// A user's verifiers, by hash; at least one of them is there.
struct UserVerifiers {
    std::optional<ScramVerifier> sha256, sha512;
    [[nodiscard]] const std::optional<ScramVerifier>& of(ScramHash hash) const {
        return hash == ScramHash::Sha256 ? sha256 : sha512;
    }
    [[nodiscard]] std::optional<ScramVerifier>& of(ScramHash hash) {
        return hash == ScramHash::Sha256 ? sha256 : sha512;
    }
};

/// One change of a user's credentials: a new verifier for a hash, or none any more.
struct UserChange {
    std::string user;
    ScramHash hash = ScramHash::Sha256;
    std::optional<ScramVerifier> verifier;
};

/// The users of this broker in a file of mode 0600: salted hashes only. Thread-safe: the loop thread reads, whoever
/// manages users writes.
///
///     meshbone-users 1
///     secret <base64>
///     <name, base64> <hash> <iterations> <salt> <stored key> <server key>
///
/// `secret` makes up salts for users that there aren't, the same at each try, so that they look like users.
class UserStore {
public:
    static Result<std::unique_ptr<UserStore>> open(FileSystem& files, std::filesystem::path path);

    /// Durable before it returns. InvalidArgument for an empty name or password.
    Status put(const std::string& user, const std::string& password);
    Status remove(const std::string& user); ///< NotFound
    /// All of them or none; durable before it returns. A user without a verifier left is gone.
    Status change(const std::vector<UserChange>& changes);
    [[nodiscard]] std::map<std::string, UserVerifiers> all() const;
    [[nodiscard]] bool has(const std::string& user) const;
    [[nodiscard]] std::vector<std::string> names() const;

    /// A user's verifier; for an unknown user, or one without this mechanism, one that no password matches, and false.
    [[nodiscard]] std::pair<ScramVerifier, bool> verifier(ScramHash hash, const std::string& user) const;
    /// Checks a password; takes as long for an unknown user.
    [[nodiscard]] bool check(const std::string& user, const std::string& password) const;

private:
    using Users = std::map<std::string, UserVerifiers>;
    UserStore(FileSystem& files, std::filesystem::path path)
        : m_files(files)
        , m_path(std::move(path)) {}
    Status load();
    Status write(const Users& users);

    FileSystem& m_files;
    std::filesystem::path m_path;
    mutable std::mutex m_lock; ///< guards everything below
    Users m_users;
    std::string m_secret;
};

} // namespace meshbone::backbone::broker
