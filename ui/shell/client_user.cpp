// SPDX-License-Identifier: Apache-2.0
#include "shell/client_user.h"

#include "widgets/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace meshbone::ui {

using backbone::ScramMechanism;

namespace {

constexpr std::int16_t kClusterAuthorizationFailed = 31; // Kafka's number

QString words(const char* text) {
    return QCoreApplication::translate("ClientUser", text);
}

/// An answer, even a refusal to tell, is given to who is logged in only.
Status loggedIn(const Result<std::vector<backbone::ScramUser>>& answer) {
    return answer || answer.error().kafkaCode == kClusterAuthorizationFailed ? Status{}
                                                                             : std::unexpected(answer.error());
}

} // namespace

ScramMechanism usualMechanism(const backbone::Profile& profile) {
    return profile.saslMechanism == name(ScramMechanism::Sha256) ? ScramMechanism::Sha256 : ScramMechanism::Sha512;
}

ScramMechanism otherMechanism(ScramMechanism mechanism) {
    return mechanism == ScramMechanism::Sha256 ? ScramMechanism::Sha512 : ScramMechanism::Sha256;
}

QString whyNoUsers(const PageContext& context) {
    const auto& profile = context.services.backbone.profile();
    if (!profile.securityProtocol.starts_with("SASL")) {
        return words(QT_TRANSLATE_NOOP("ClientUser", "Clients of this profile connect by %1, without a user."))
            .arg(text(profile.securityProtocol));
    }
    if (!context.feed.isHealthy()) {
        return words(QT_TRANSLATE_NOOP("ClientUser", "Users can't be changed while the backbone can't be reached."));
    }
    return context.abilities.whyNot(backbone::Feature::ScramUsers);
}

void putClientUser(PageContext& context, QObject* owner, const ClientCredential& credential, UserDone done) {
    const std::string mechanism(name(credential.mechanism));
    actAndRecord(context, owner,
                 {words(QT_TRANSLATE_NOOP("ClientUser", "Setting the password of %1")).arg(text(credential.user)),
                  {"user.password", "User:" + credential.user, {}, {{mechanism, "a new password"}}},
                  [credential](backbone::Backbone& backbone, const CallOptions& call) {
                      return backbone.access().putUser(credential.user, credential.password, credential.mechanism,
                                                       call);
                  }},
                 std::move(done));
}

void removeClientUser(PageContext& context, QObject* owner, const std::string& user,
                      std::vector<ScramMechanism> mechanisms, UserDone done) {
    std::map<std::string, std::string> before;
    for (const auto mechanism : mechanisms) {
        before.emplace(name(mechanism), "a password");
    }
    actAndRecord(context, owner,
                 {words(QT_TRANSLATE_NOOP("ClientUser", "Removing the user %1")).arg(text(user)),
                  {"user.removed", "User:" + user, std::move(before), {}},
                  [user, mechanisms](backbone::Backbone& backbone, const CallOptions& call) -> Status {
                      for (const auto mechanism : mechanisms) {
                          auto removed = backbone.access().removeUser(user, mechanism, call);
                          if (!removed && removed.error().code != ErrorCode::NotFound) {
                              return removed;
                          }
                      }
                      return {};
                  }},
                 std::move(done));
}

void tryLogin(PageContext& context, QObject* owner, const ClientCredential& credential,
              std::function<void(Status)> done) {
    auto profile = context.services.backbone.profile();
    profile.user = credential.user;
    profile.password = credential.password;
    profile.saslMechanism = name(credential.mechanism);
    profile.clientId = "meshbone-login-check";
    context.jobs.run(
        owner,
        {.title = words(QT_TRANSLATE_NOOP("ClientUser", "Logging in as %1")).arg(text(credential.user)), .key = {}},
        [profile = std::move(profile)](const JobContext& job) -> Status {
            const auto opened = backbone::openAccessAdmin(profile);
            return opened ? loggedIn((*opened)->users(job.call())) : Status(std::unexpected(opened.error()));
        },
        std::move(done));
}

} // namespace meshbone::ui
