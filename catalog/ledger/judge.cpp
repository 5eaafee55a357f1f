// SPDX-License-Identifier: Apache-2.0
#include "ledger/judge.h"

#include "ledger/chain.h"
#include "ledger/command_codec.h"
#include "ledger/entry.h"
#include "ledger/signing.h"
#include "product/decide.h"
#include "product/names.h"

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

std::vector<std::string> keysOfAuthor(const Mesh& mesh, const Entry& entry, const Result<Command>& command) {
    if (const Person* author = mesh.people.find(entry.author)) {
        return author->publicKeys;
    }
    const auto* first = command ? std::get_if<PutPerson>(&*command) : nullptr;
    if (mesh.people.items().empty() && first && first->id == entry.author) {
        return {first->publicKey};
    }
    return {};
}

Status checkAuthor(const Mesh& mesh, const ParsedEntry& parsed, const Result<Command>& command) {
    const Entry& entry = parsed.entry;
    const auto keys = keysOfAuthor(mesh, entry, command);
    if (keys.empty()) {
        return fail(ErrorCode::PermissionDenied,
                    fmt::format("'{}' isn't enrolled; a person who is must enrol them first.", clipped(entry.author)));
    }
    for (const std::string& key : keys) {
        if (keyIdOf(key) == entry.keyId) {
            return isSignedBy(key, parsed.signedBytes, entry.signature)
                       ? Status{}
                       : fail(ErrorCode::PermissionDenied,
                              fmt::format("The signature isn't '{}''s: the entry is forged or was changed.",
                                          clipped(entry.author)));
        }
    }
    return fail(ErrorCode::PermissionDenied,
                fmt::format("The key of the signature isn't enrolled for '{}'.", clipped(entry.author)));
}

Result<Decision> decideEntry(const Mesh& mesh, std::int64_t number, const ParsedEntry& parsed,
                             const Result<Command>& command) {
    if (parsed.refused) {
        return std::unexpected(*parsed.refused);
    }
    if (auto author = checkAuthor(mesh, parsed, command); !author) {
        return std::unexpected(author.error());
    }
    if (!command) {
        return std::unexpected(command.error());
    }
    const Entry& entry = parsed.entry;
    if (isAboutAccess(*command) && !entry.expected) {
        return fail(ErrorCode::InvalidArgument, "An entry about access says which revision its author saw, so that it "
                                                "counts once only.");
    }
    return decide(*command, Case{mesh, entry.expected, revisionOfEntry(number), entry.author, entry.timeMs, entry.why});
}

/// A recorded act is shown by its own name; "act.record" says nothing to a reader.
std::string shownAct(const Entry& entry, const Result<Command>& command) {
    const auto* recorded = command ? std::get_if<RecordAct>(&*command) : nullptr;
    return recorded && !recorded->act.empty() ? recorded->act : entry.act;
}

Result<Command> commandOf(const ParsedEntry& parsed) {
    const Entry& entry = parsed.entry;
    return parsed.refused ? std::unexpected(*parsed.refused) : decodeCommand(entry.act, entry.subject, entry.payload);
}

} // namespace

Status checkSigned(const Mesh& mesh, std::string_view bytes) {
    const ParsedEntry parsed = parseEntry(bytes);
    return parsed.refused ? std::unexpected(*parsed.refused) : checkAuthor(mesh, parsed, commandOf(parsed));
}

JudgedEntry judge(const Mesh& mesh, std::int64_t number, std::string_view bytes, const std::string& previousHash) {
    const ParsedEntry parsed = parseEntry(bytes);
    const Entry& entry = parsed.entry;
    const Result<Command> command = commandOf(parsed);
    JudgedEntry judged;
    LedgerEntry& shown = judged.entry;
    shown.number = number;
    shown.timeMs = entry.timeMs;
    shown.author = entry.author;
    shown.act = shownAct(entry, command);
    shown.subject = entry.subject;
    shown.why = entry.why;
    shown.hash = nextHash(previousHash, bytes);
    shown.previousHash = previousHash;
    shown.json = bytes;
    auto decision = decideEntry(mesh, number, parsed, command);
    shown.accepted = decision.has_value();
    if (decision) {
        judged.effects = std::move(decision->effects);
        shown.changes = std::move(decision->changes);
    } else {
        judged.code = decision.error().code;
        shown.rejection = decision.error().message;
    }
    if (command) {
        judged.about = aboutOf(mesh, *command, judged.effects);
    }
    return judged;
}

} // namespace meshbone::catalog
