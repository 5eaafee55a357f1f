// SPDX-License-Identifier: Apache-2.0
#include "commands/access_look.h"
#include "commands/access_parts.h"
#include "commands/command.h"
#include "commands/text_table.h"

#include <fmt/core.h>

namespace meshbone::app {

using namespace catalog;

Status submitAndTell(const ScopeOptions& options, Catalog& catalog, Command command, const std::string& id,
                     const char* done) {
    const auto entry = catalog.submit({std::move(command), options.why, {}}, options.call());
    if (!entry) {
        return std::unexpected(entry.error());
    }
    options.json ? printJson({{"id", id}, {"act", entry->act}, {"entry", entry->number}})
                 : fmt::print("{} {}, entry {}.\n", done, id, entry->number);
    return {};
}

Json timeJson(TimestampMs timeMs) {
    return timeMs == kNoEnd ? Json() : Json(isoTime(timeMs));
}

void addAccess(CLI::App& meshctl, int& status) {
    auto* access = meshctl.add_subcommand(
        "access", "Ask for access, decide on it, see what is granted; keep it as code, compare it with the backbone");
    access->require_subcommand(1);
    const AccessMenu<ScopeOptions> menu{*access, std::make_shared<ScopeOptions>(), status};
    addRequests(menu);
    addGrants(menu);
    addMasterData(menu);
    addAsking(menu);
    addCampaigns(*access, status);
    addAccessFiles(*access, status);
    addDrift(*access, status);
    addMending(*access, status);
    addExplaining(*access, status);
    addSimulating(*access, status);
    addLeast(*access, status);
}

} // namespace meshbone::app
