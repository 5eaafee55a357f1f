// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/ledger_topic.h"
#include "ledger/signing.h"

#include <backbone/client.h>
#include <catalog/catalog.h>

#include <memory>
#include <mutex>

namespace meshbone::catalog {

/// The person on this machine as a writer of the ledger: makes signed entries and appends them. Thread-safe.
class Author {
public:
    Author(std::string personId, std::string personName, SigningKey key, backbone::Backbone& backbone)
        : m_id(std::move(personId))
        , m_name(std::move(personName))
        , m_key(std::move(key))
        , m_backbone(backbone) {}

    [[nodiscard]] const std::string& id() const { return m_id; }
    [[nodiscard]] const std::string& publicKey() const { return m_key.publicKey(); }
    /// The command by which this person enrols themselves in a new ledger.
    [[nodiscard]] Submission enrolment() const;

    /// The bytes of a signed entry. `previous`: the chain's hash that the author has seen. Fails with InvalidArgument.
    [[nodiscard]] Result<std::string> write(const Submission& submission, const std::string& previous) const;
    /// Signs something else than an entry.
    [[nodiscard]] Result<std::string> sign(std::string_view bytes) const { return m_key.sign(bytes); }
    /// Appends it, or somebody else's entry, and returns its number. Timeout: it may or may not be in the ledger.
    Result<std::int64_t> append(std::string bytes, const CallOptions& options, const char* topic = kLedgerTopic);

private:
    Result<std::shared_ptr<backbone::Producer>> producer();
    const std::string m_id, m_name;
    const SigningKey m_key;
    backbone::Backbone& m_backbone;
    std::mutex m_mutex;
    std::shared_ptr<backbone::Producer> m_producer; ///< made at the first append; guarded by m_mutex
};

} // namespace meshbone::catalog
