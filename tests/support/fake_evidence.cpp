// SPDX-License-Identifier: Apache-2.0
#include "support/fake_evidence.h"

#include "support/ledger_author.h"

#include "ledger/evidence_export.h"
#include "ledger/projector.h"
#include "product/undo.h"

namespace meshbone::test {

using namespace catalog;

namespace {

/// Persons and their keys.
class Signers {
public:
    const LedgerAuthor& of(const std::string& person) { return m_authors.try_emplace(person, person).first->second; }

private:
    std::map<std::string, LedgerAuthor> m_authors;
};

std::string signedEntry(Signers& signers, const Projector& projector, FakeAct act) {
    if (auto* person = std::get_if<PutPerson>(&act.command)) {
        person->publicKey = signers.of(person->id).publicKey();
    }
    const LedgerAuthor& author = signers.of(act.author);
    Entry entry = author.draft(act.command);
    if (const auto kind = kindOf(act.command)) {
        entry.expected = revisionOf(projector.mesh(), *kind, subjectOf(act.command));
    }
    entry.why = act.why;
    entry.timeMs = act.timeMs;
    entry.previous = projector.headHash();
    return author.sign(entry);
}

} // namespace

Result<std::string> evidenceOf(const std::vector<FakeAct>& acts, const std::string& maker,
                               const EvidenceRequest& request, const CallOptions& options) {
    Signers signers;
    auto store = ProjectionStore::inMemory();
    auto projector = store ? Projector::open(**store) : std::unexpected(store.error());
    if (!projector) {
        return std::unexpected(projector.error());
    }
    for (std::size_t i = 0; i < acts.size(); ++i) {
        const Record record = ledgerRecord(static_cast<std::int64_t>(i), signedEntry(signers, **projector, acts[i]));
        if (auto applied = (*projector)->apply(std::span(&record, 1)); !applied) {
            return std::unexpected(applied.error());
        }
    }
    const LedgerAuthor& author = signers.of(maker);
    return exportEvidence(**store,
                          {maker, author.publicKey(),
                           [&](std::string_view bytes) { return Result<std::string>(author.signature(bytes)); }},
                          request, options, {});
}

} // namespace meshbone::test
