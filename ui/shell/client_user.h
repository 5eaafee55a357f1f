// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/client_config.h"
#include "shell/recorded_act.h"

namespace meshbone::ui {

// SCRAM users of the backbone, embedded or not. A password is made here, given to the backbone salted, shown once to
// the person, and kept nowhere: not in a setting, a title, a log or the ledger.

/// A user that a client logs in with.
struct ClientCredential {
    std::string user;
    std::string password;
    backbone::ScramMechanism mechanism = backbone::ScramMechanism::Sha512;
    [[nodiscard]] ClientSetup setup() const { return {user, password, std::string(name(mechanism)), {}, {}}; }
};

/// What a new user's password is for: the mechanism that this profile logs in with, where it is a SCRAM one.
backbone::ScramMechanism usualMechanism(const backbone::Profile& profile);
backbone::ScramMechanism otherMechanism(backbone::ScramMechanism mechanism);

/// Why no user can be made on this backbone, as far as the profile and what is known of the cluster show, a sentence;
/// empty: it may be tried.
QString whyNoUsers(const PageContext& context);

using UserDone = std::function<void(Result<ActOutcome>)>;
/// Gives the user this password for this mechanism, and makes the user where there is none. Recorded.
void putClientUser(PageContext& context, QObject* owner, const ClientCredential& credential, UserDone done);
/// Takes the user's passwords for these mechanisms away; what isn't there is no error. Recorded.
void removeClientUser(PageContext& context, QObject* owner, const std::string& user,
                      std::vector<backbone::ScramMechanism> mechanisms, UserDone done);
/// Logs in once as a client would. The error says why the backbone doesn't let it in.
void tryLogin(PageContext& context, QObject* owner, const ClientCredential& credential,
              std::function<void(Status)> done);

} // namespace meshbone::ui
