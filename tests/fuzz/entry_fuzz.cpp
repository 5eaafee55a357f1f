// SPDX-License-Identifier: Apache-2.0
// Entries of the ledger as anybody who may write the topic may write them. Input: the value of a record. What parses
// has one spelling, a payload that decodes too; judging never fails, is the same twice, and has no effects when it
// rejects.
#include "ledger/chain.h"
#include "ledger/command_codec.h"
#include "ledger/entry.h"
#include "ledger/judge.h"
#include "product/decide.h"

#include <cstdlib>

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// A small mesh, so that commands find something to be about.
const Mesh& mesh() {
    static const Mesh kMesh = [] {
        Mesh made;
        made.perform(Person{"ada", "Ada", {}, 1});
        made.perform(Team{"ops", "Operations", "", {"ada"}, 2});
        made.perform(Domain{"aviation", "Aviation", "", "ops", 3});
        made.perform(Product{"flights", "Flights", "", "aviation", "ops", {{"a", PortDirection::Output, ""}}, 4});
        made.perform(Principal{"User:x", "X", PrincipalKind::Tool, "ops", "ada", false, 5});
        AccessRequest request;
        request.id = "r";
        request.author = "bob";
        request.scope = {"User:x", "*", Role::Consumer, {{"a"}}, {}, {"g"}, {}};
        request.revision = 6;
        made.perform(request);
        Grant grant;
        grant.id = "g";
        grant.scope = request.scope;
        grant.fromMs = 0;
        made.perform(grant);
        return made;
    }();
    return kMesh;
}

void tryCommand(const Entry& entry) {
    const auto command = decodeCommand(entry.act, entry.subject, entry.payload);
    if (!command) {
        return;
    }
    demand(encodePayload(*command) == entry.payload);
    demand(actOf(*command) == entry.act && subjectOf(*command) == entry.subject);
    // The signature of a fuzzed entry is never right, so the rules are tried without it.
    for (const char* author : {"", "ada"}) {
        const auto decision = decide(*command, Case{mesh(), entry.expected, 9, author, entry.timeMs, entry.why});
        if (!decision) {
            continue;
        }
        Mesh after;
        for (const Effect& effect : decision->effects) {
            after.perform(effect);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const ParsedEntry parsed = parseEntry(bytes);
    if (!parsed.refused) {
        demand(encodeEntry(parsed.entry) == std::string(bytes));
        tryCommand(parsed.entry);
    }
    const JudgedEntry judged = judge(mesh(), 8, bytes, genesisHash());
    const JudgedEntry again = judge(mesh(), 8, bytes, genesisHash());
    demand(judged.entry.rejection == again.entry.rejection && judged.entry.hash == again.entry.hash);
    demand(!judged.entry.accepted && judged.effects.empty()); // nobody in this mesh has a key
    return 0;
}
