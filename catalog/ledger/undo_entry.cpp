// SPDX-License-Identifier: Apache-2.0
#include "ledger/undo_entry.h"

#include "ledger/command_codec.h"
#include "ledger/entry.h"
#include "product/decide.h"
#include "product/undo.h"

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

Result<Command> commandOf(const LedgerEntry& shown) {
    const ParsedEntry parsed = parseEntry(shown.json);
    if (parsed.refused) {
        return std::unexpected(*parsed.refused);
    }
    return decodeCommand(parsed.entry.act, parsed.entry.subject, parsed.entry.payload);
}

} // namespace

Result<Undo> undoOfEntry(const LedgerEntry& entry, const Mesh& mesh) {
    if (!entry.accepted) {
        return fail(ErrorCode::InvalidArgument, "This entry was rejected and changed nothing.");
    }
    const auto command = commandOf(entry);
    if (!command) {
        return std::unexpected(command.error());
    }
    auto inverse = inverseOf(*command, entry.changes, mesh);
    if (!inverse) {
        return std::unexpected(inverse.error());
    }
    Undo undo{entry.number, {}, std::move(inverse->changes), std::move(inverse->settings)};
    // The first is guarded by what was seen; the others follow it.
    const Command& first = inverse->commands.front();
    std::optional<std::int64_t> expected;
    if (const auto kind = kindOf(first)) {
        expected = revisionOf(mesh, *kind, subjectOf(first));
    }
    for (Command& one : inverse->commands) {
        undo.submissions.push_back({std::move(one), fmt::format("Undoes entry {}.", entry.number), expected});
        expected.reset();
    }
    return undo;
}

} // namespace meshbone::catalog
