// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>
#include <backbone/client.h>

#include <span>
#include <vector>

namespace meshbone::backbone {

enum class ScramMechanism : std::uint8_t { Sha256, Sha512 };
std::string_view name(ScramMechanism mechanism); ///< "SCRAM-SHA-256"

/// A password of 32 letters and digits, 190 bits from the system's random source.
std::string randomPassword();

/// A user as the cluster tells of them; secrets it never tells.
struct ScramUser {
    struct Credential {
        ScramMechanism mechanism = ScramMechanism::Sha512;
        std::int32_t iterations = 0;
    };
    std::string user;
    std::vector<Credential> credentials;
};

/// The access control lists and the users of a backbone. Thread-safe; every call blocks up to its deadline, on a
/// connection of its own. Errors of a call as a whole: Unsupported where the cluster lacks the API or runs without an
/// authorizer, PermissionDenied (names the right that is missing), Unavailable, and Timeout, after which what was asked
/// may still come about (access-control lists are committed by a quorum that answers late): describe before concluding.
class AccessAdmin {
public:
    virtual ~AccessAdmin() = default;

    /// Sorted. As the broker that was asked knows them: with several brokers some milliseconds may pass until each
    /// does.
    virtual Result<std::vector<AclBinding>> acls(const AclFilter& filter, const CallOptions& options) = 0;
    /// One status for each binding, in order; the valid ones are made even where others are refused. What is there
    /// already succeeds. Sent in the order given, at most 1,000 in a request.
    virtual Result<std::vector<Status>> createAcls(std::span<const AclBinding> bindings,
                                                   const CallOptions& options) = 0;
    /// Deletes exactly these, at most 50 in a request: each filter makes the controller look at every binding. What is
    /// not there succeeds.
    virtual Result<std::vector<Status>> deleteAcls(std::span<const AclBinding> bindings,
                                                   const CallOptions& options) = 0;

    virtual Result<std::vector<ScramUser>> users(const CallOptions& options) = 0;
    /// Makes the user or changes the password for this mechanism. The password is salted here and never sent.
    virtual Status putUser(const std::string& user, const std::string& password, ScramMechanism mechanism,
                           const CallOptions& options) = 0;
    /// NotFound where there is no such credential.
    virtual Status removeUser(const std::string& user, ScramMechanism mechanism, const CallOptions& options) = 0;
};

/// Validates the profile and does not wait for the cluster.
Result<std::unique_ptr<AccessAdmin>> openAccessAdmin(const Profile& profile);

} // namespace meshbone::backbone
