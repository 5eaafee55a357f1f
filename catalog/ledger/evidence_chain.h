// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/chain.h"
#include "ledger/judge.h"

#include <string>
#include <string_view>
#include <unordered_set>

namespace meshbone::catalog {

/// Walks a ledger of which some entries are left out, and decides those that are there again, each by those before it.
/// Makers and checkers of evidence use it alike.
class EvidenceChain {
public:
    EvidenceChain() { m_seen.insert(m_hash); }

    /// The next entry. `accepted`: what the ledger says of it; it changes the mesh only when both say so.
    JudgedEntry add(std::int64_t number, std::string_view bytes, bool accepted);
    /// The next entry is left out; its hash is taken on trust.
    void skip(const std::string& hash);

    [[nodiscard]] const std::string& hash() const { return m_hash; }
    [[nodiscard]] bool hasSeen(const std::string& hash) const { return m_seen.contains(hash); }
    [[nodiscard]] const Mesh& mesh() const { return m_mesh; }

private:
    void go(std::string hash);
    Mesh m_mesh;
    std::string m_hash = genesisHash();
    std::unordered_set<std::string> m_seen;
};

} // namespace meshbone::catalog
