// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/chain.h"
#include "ledger/command_codec.h"
#include "ledger/entry.h"
#include "ledger/signing.h"
#include "product/decide.h"

#include <backbone/record.h>

#include <string>

namespace meshbone::test {

/// A person who writes entries of the ledger by hand, truthful or not: what a test needs to be a forger.
class LedgerAuthor {
public:
    explicit LedgerAuthor(std::string id)
        : m_id(std::move(id))
        , m_key(catalog::SigningKey::generate().value()) {}

    [[nodiscard]] const std::string& id() const { return m_id; }
    [[nodiscard]] const std::string& publicKey() const { return m_key.publicKey(); }
    [[nodiscard]] catalog::PutPerson enrolment() const { return {m_id, "The author " + m_id, publicKey()}; }

    [[nodiscard]] catalog::Entry draft(const catalog::Command& command) const {
        catalog::Entry entry;
        entry.author = m_id;
        entry.keyId = catalog::keyIdOf(publicKey());
        entry.act = catalog::actOf(command);
        entry.subject = catalog::subjectOf(command);
        entry.payload = catalog::encodePayload(command).value();
        entry.timeMs = 1'700'000'000'000;
        entry.previous = catalog::genesisHash();
        return entry;
    }
    [[nodiscard]] std::string sign(catalog::Entry entry) const {
        entry.signature.clear();
        entry.signature = m_key.sign(catalog::encodeEntry(entry).value()).value();
        return catalog::encodeEntry(entry).value();
    }
    [[nodiscard]] std::string signature(std::string_view bytes) const { return m_key.sign(bytes).value(); }
    [[nodiscard]] std::string write(const catalog::Command& command) const { return sign(draft(command)); }

private:
    std::string m_id;
    catalog::SigningKey m_key;
};

inline Record ledgerRecord(std::int64_t number, std::string value) {
    Record record;
    record.topic = "_meshbone.ledger";
    record.partition = Partition(0);
    record.offset = Offset(number);
    record.value = std::move(value);
    return record;
}

} // namespace meshbone::test
