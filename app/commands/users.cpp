// SPDX-License-Identifier: Apache-2.0
// meshctl users: who may log in to a backbone. Passwords are read from a file or made and shown once; they are never
// stored or logged here, and never sent: the cluster gets what is derived from them.
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/open_catalog.h"
#include "commands/text_table.h"

#include "secret_file.h"

#include <backbone/access_admin.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <memory>

namespace meshbone::app {

using backbone::AccessAdmin;
using backbone::ScramMechanism;
using backbone::ScramUser;

namespace {

constexpr std::size_t kMaxPasswordBytes = 4'096;

struct UsersOptions : CommonOptions {
    std::string name, scram = "SCRAM-SHA-256", retire, why;
    std::filesystem::path secretFile;
    bool overlap = false, force = false;
};
using UsersWork = Status (*)(const UsersOptions&, AccessAdmin&);

std::optional<ScramMechanism> mechanismNamed(const std::string& text) {
    for (const auto one : {ScramMechanism::Sha256, ScramMechanism::Sha512}) {
        if (text == name(one)) {
            return one;
        }
    }
    return std::nullopt;
}

std::string mechanismsOf(const ScramUser& user) {
    std::string all;
    for (const auto& credential : user.credentials) {
        (all += all.empty() ? "" : ", ") += name(credential.mechanism);
    }
    return all;
}

Result<std::optional<ScramUser>> find(const UsersOptions& options, AccessAdmin& access) {
    auto users = access.users(options.call());
    if (!users) {
        return std::unexpected(users.error());
    }
    const auto found = std::ranges::find(*users, options.name, &ScramUser::user);
    return found == users->end() ? std::nullopt : std::optional(std::move(*found));
}
Result<ScramUser> findNamed(const UsersOptions& options, AccessAdmin& access) {
    auto user = find(options, access);
    if (!user) {
        return std::unexpected(user.error());
    }
    return *user ? Result<ScramUser>(std::move(**user))
                 : fail(ErrorCode::NotFound, fmt::format("There is no user '{}'.", options.name));
}

Status list(const UsersOptions& options, AccessAdmin& access) {
    auto users = access.users(options.call());
    if (!users) {
        return std::unexpected(users.error());
    }
    std::ranges::sort(*users, {}, &ScramUser::user);
    Json json = Json::array();
    TextTable table({"User", "Logs in by"});
    for (const ScramUser& user : *users) {
        Json mechanisms = Json::array();
        for (const auto& credential : user.credentials) {
            mechanisms.push_back({{"mechanism", name(credential.mechanism)}, {"iterations", credential.iterations}});
        }
        json.push_back({{"user", user.user}, {"credentials", std::move(mechanisms)}});
        table.add({user.user, mechanismsOf(user)});
    }
    options.json ? printJson(json) : table.print();
    return {};
}

struct Secret {
    std::string password;
    bool isMade = false; ///< here, so that it must be shown
};
Result<Secret> secretOf(const UsersOptions& options) {
    if (options.secretFile.empty()) {
        return Secret{backbone::randomPassword(), true};
    }
    auto text = readSmallFile(options.secretFile, kMaxPasswordBytes);
    if (!text) {
        return std::unexpected(text.error());
    }
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) {
        text->pop_back();
    }
    return text->empty() ? Result<Secret>(fail(ErrorCode::InvalidArgument,
                                               fmt::format("'{}' holds no password.", options.secretFile.string())))
                         : Secret{std::move(*text), false};
}

/// Sets it, and shows what was made.
Status put(const UsersOptions& options, AccessAdmin& access, ScramMechanism mechanism, const char* done) {
    const auto secret = secretOf(options);
    if (!secret) {
        return std::unexpected(secret.error());
    }
    if (auto set = access.putUser(options.name, secret->password, mechanism, options.call()); !set) {
        return set;
    }
    if (options.json) {
        Json json{{"user", options.name}, {"mechanism", name(mechanism)}};
        if (secret->isMade) {
            json["password"] = secret->password;
        }
        printJson(json);
        return {};
    }
    fmt::print("{} {}, by {}.\n", done, options.name, name(mechanism));
    if (secret->isMade) {
        fmt::print("Password, shown this once and stored nowhere:\n{}\n", secret->password);
    }
    return {};
}

Status create(const UsersOptions& options, AccessAdmin& access) {
    const auto user = find(options, access);
    if (!user) {
        return std::unexpected(user.error());
    }
    return *user ? fail(ErrorCode::AlreadyExists,
                        fmt::format("There is a user '{}' already; rotate gives it another password.", options.name))
                 : put(options, access, *mechanismNamed(options.scram), "Created");
}

/// The mechanism that the user doesn't log in by yet, so that the old password works on beside it.
Status rotateWithOverlap(const UsersOptions& options, AccessAdmin& access, const ScramUser& user) {
    if (user.credentials.size() != 1) {
        return fail(ErrorCode::Conflict,
                    fmt::format("'{}' logs in by {} already; end one with --retire before the next overlap.",
                                options.name, mechanismsOf(user)));
    }
    const bool is256 = user.credentials.front().mechanism == ScramMechanism::Sha256;
    return put(options, access, is256 ? ScramMechanism::Sha512 : ScramMechanism::Sha256,
               "The old password works on until it is retired. Beside it, a new one for");
}

Status retire(const UsersOptions& options, AccessAdmin& access, const ScramUser& user) {
    const auto mechanism = *mechanismNamed(options.retire);
    const auto is = [&](const auto& one) { return one.mechanism == mechanism; };
    if (std::ranges::none_of(user.credentials, is) || user.credentials.size() < 2) {
        return fail(ErrorCode::Conflict, fmt::format("'{}' logs in by {} only; nothing is left when that is retired.",
                                                     options.name, mechanismsOf(user)));
    }
    if (auto removed = access.removeUser(options.name, mechanism, options.call()); !removed) {
        return removed;
    }
    options.json ? printJson({{"user", options.name}, {"retired", options.retire}})
                 : fmt::print("Retired the password of {} for {}.\n", options.name, options.retire);
    return {};
}

Status rotate(const UsersOptions& options, AccessAdmin& access) {
    const auto user = findNamed(options, access);
    if (!user) {
        return std::unexpected(user.error());
    }
    if (!options.retire.empty()) {
        return retire(options, access, *user);
    }
    return options.overlap ? rotateWithOverlap(options, access, *user)
                           : put(options, access, *mechanismNamed(options.scram), "New password for");
}

Status removeAll(const UsersOptions& options, AccessAdmin& access) {
    const auto user = findNamed(options, access);
    if (!user) {
        return std::unexpected(user.error());
    }
    for (const auto& credential : user->credentials) {
        if (auto removed = access.removeUser(options.name, credential.mechanism, options.call()); !removed) {
            return removed;
        }
    }
    return {};
}

/// What an embedded broker ends at once, a cluster lets run on.
std::string connectionsNote(const UsersOptions& options) {
    return options.bootstrap.empty()
               ? "Its open connections were closed."
               : "Connections that are open go on until they log in again (connections.max.reauth.ms) or end.";
}

std::size_t grantsInForce(const catalog::Catalog& catalog, const std::string& principal) {
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    const auto grants = catalog.grants();
    return static_cast<std::size_t>(std::ranges::count_if(grants, [&](const catalog::Grant& grant) {
        return grant.scope.principal == principal && grant.inForceAt(now);
    }));
}

/// In the ledger first, so that its access ends even where the cluster lets connections run on.
Status disable(const UsersOptions& options, AccessAdmin& access, catalog::Catalog& catalog) {
    const std::string principal = "User:" + options.name;
    catalog::PutPrincipal put{principal, options.name, catalog::PrincipalKind::Service, {}, {}, true};
    const auto principals = catalog.principals();
    const auto known = std::ranges::find(principals, principal, &catalog::Principal::principal);
    const std::size_t grants = grantsInForce(catalog, principal);
    if (known != principals.end()) {
        put = {principal, known->name, known->kind, known->team, known->person, true};
    } else if (grants == 0) { // a name that was mistyped would be said to be disabled
        if (const auto user = findNamed(options, access); !user && user.error().code == ErrorCode::NotFound) {
            return std::unexpected(user.error());
        }
    }
    if (const auto entry = catalog.submit({put, options.why, {}}, options.call()); !entry) {
        return std::unexpected(entry.error());
    }
    if (auto removed = removeAll(options, access); !removed && removed.error().code != ErrorCode::NotFound) {
        return fail(removed.error().code, fmt::format("{} is disabled in the ledger, and its {} grants are out of "
                                                      "force; but it may still log in. {}",
                                                      principal, grants, removed.error().message));
    }
    options.json
        ? printJson(
              {{"user", options.name}, {"disabled", true}, {"grants", grants}, {"note", connectionsNote(options)}})
        : fmt::print("Disabled {}: it can't log in, and {} grants are out of force. {}\n"
                     "To undo: users create, then access principals enable.\n",
                     options.name, grants, connectionsNote(options));
    return {};
}

Status remove(const UsersOptions& options, AccessAdmin& access, catalog::Catalog& catalog) {
    const std::size_t grants = grantsInForce(catalog, "User:" + options.name);
    if (grants > 0 && !options.force) {
        return fail(ErrorCode::Conflict,
                    fmt::format("{} grants of 'User:{}' are in force, and would serve the next user "
                                "of that name. Disable it instead, revoke them, or --force.",
                                grants, options.name));
    }
    if (auto removed = removeAll(options, access); !removed) {
        return removed;
    }
    options.json ? printJson({{"user", options.name}, {"removed", true}, {"note", connectionsNote(options)}})
                 : fmt::print("Removed {}. {}\n", options.name, connectionsNote(options));
    return {};
}

Result<std::unique_ptr<AccessAdmin>> openAccess(const UsersOptions& options) {
    const auto profile = options.profile();
    return profile ? backbone::openAccessAdmin(*profile) : std::unexpected(profile.error());
}

CLI::App* addOne(CLI::App& users, const std::shared_ptr<UsersOptions>& options, const char* name, const char* about) {
    auto* command = users.add_subcommand(name, about);
    addCommonOptions(*command, *options);
    if (std::string_view(name) != "list") {
        command->add_option("name", options->name, "The user, without 'User:'")->required();
    }
    return command;
}

void setWork(CLI::App* command, const std::shared_ptr<UsersOptions>& options, int& status, UsersWork work) {
    command->callback([options, &status, work] {
        const auto access = openAccess(*options);
        const auto done = access ? work(*options, **access) : Status(std::unexpected(access.error()));
        status = done ? 0 : reportError(done.error(), options->json);
    });
}

using LedgerWork = Status (*)(const UsersOptions&, AccessAdmin&, catalog::Catalog&);
void setWork(CLI::App* command, const std::shared_ptr<UsersOptions>& options, int& status, LedgerWork work) {
    command->callback([options, &status, work] {
        status = withMesh(*options, Projection::AnyOne,
                          [&](const OpenMesh& mesh) { return work(*options, mesh.backbone.access(), mesh.catalog); });
    });
}

void addSecret(CLI::App* command, UsersOptions& options) {
    command->add_option("--secret-file", options.secretFile,
                        "File that holds the new password; without it one is made and shown once");
    command->add_option("--scram", options.scram, "SCRAM-SHA-256 or SCRAM-SHA-512")
        ->capture_default_str()
        ->check(CLI::IsMember({"SCRAM-SHA-256", "SCRAM-SHA-512"}));
}

} // namespace

void addUsers(CLI::App& meshctl, int& status) {
    const auto options = std::make_shared<UsersOptions>();
    auto* users = meshctl.add_subcommand("users", "Who may log in: SCRAM users of the backbone");
    users->require_subcommand(1);
    setWork(addOne(*users, options, "list", "List the users and how they log in"), options, status, &list);
    auto* creating = addOne(*users, options, "create", "Make a user");
    addSecret(creating, *options);
    setWork(creating, options, status, &create);
    auto* rotating = addOne(*users, options, "rotate", "Give a user another password");
    addSecret(rotating, *options);
    auto* overlap = rotating->add_flag("--overlap", options->overlap,
                                       "Under the other mechanism, so that the old password works until it is retired");
    rotating->add_option("--retire", options->retire, "End the old password: its mechanism")
        ->excludes(overlap)
        ->check(CLI::IsMember({"SCRAM-SHA-256", "SCRAM-SHA-512"}));
    setWork(rotating, options, status, &rotate);
    auto* disabling =
        addOne(*users, options, "disable", "Take all of a user's grants out of force, and let it log in no more");
    disabling->add_option("--why", options->why, "The reason, for the ledger");
    setWork(disabling, options, status, &disable);
    auto* removing = addOne(*users, options, "remove", "Remove a user who has no grants");
    removing->add_flag("--force", options->force, "Though grants are in force");
    setWork(removing, options, status, &remove);
}

} // namespace meshbone::app
