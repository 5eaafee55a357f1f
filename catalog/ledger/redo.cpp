// SPDX-License-Identifier: Apache-2.0
#include "ledger/redo.h"

#include "ledger/command_codec.h"
#include "ledger/entry.h"
#include "product/decide.h"

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kRedoBatch = 500;

std::unexpected<Error> notAsJudged(std::int64_t number, const Error& why) {
    return fail(ErrorCode::Corrupt, fmt::format("The catalog's database says that entry {} was accepted, and by the "
                                                "rules it isn't; rebuild the catalog. {}",
                                                number, why.message));
}

} // namespace

Result<std::vector<About>> redo(Mesh& mesh, const RawEntry& stored) {
    const ParsedEntry parsed = parseEntry(stored.bytes);
    const Entry& entry = parsed.entry;
    const Result<Command> command =
        parsed.refused ? std::unexpected(*parsed.refused) : decodeCommand(entry.act, entry.subject, entry.payload);
    if (!command) {
        return stored.accepted ? notAsJudged(stored.number, command.error()) : Result<std::vector<About>>();
    }
    if (!stored.accepted) {
        return aboutOf(mesh, *command, {});
    }
    const Case at{mesh, entry.expected, revisionOfEntry(stored.number), entry.author, entry.timeMs, entry.why};
    const auto decision = decide(*command, at);
    if (!decision) {
        return notAsJudged(stored.number, decision.error());
    }
    auto about = aboutOf(mesh, *command, decision->effects);
    for (const Effect& effect : decision->effects) {
        mesh.perform(effect);
    }
    return about;
}

Status indexOldEntries(ProjectionStore& store) {
    const auto missing = store.lacksAbout();
    if (!missing || !*missing) {
        return missing ? Status{} : std::unexpected(missing.error());
    }
    Mesh mesh;
    std::vector<AboutRow> rows;
    for (std::int64_t next = 0;;) {
        const auto entries = store.rawEntries(next, kRedoBatch);
        if (!entries) {
            return std::unexpected(entries.error());
        }
        if (entries->empty()) {
            return store.putAbout(rows);
        }
        for (const RawEntry& entry : *entries) {
            // What the rules don't accept any longer is for verify to say; here it is about nothing.
            for (About& about : redo(mesh, entry).value_or(std::vector<About>())) {
                rows.push_back({entry.number, std::move(about)});
            }
        }
        next = entries->back().number + 1;
    }
}

} // namespace meshbone::catalog
