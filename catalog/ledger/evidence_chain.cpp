// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence_chain.h"

namespace meshbone::catalog {

JudgedEntry EvidenceChain::add(std::int64_t number, std::string_view bytes, bool accepted) {
    JudgedEntry judged = judge(m_mesh, number, bytes, m_hash);
    if (accepted) {
        for (const Effect& effect : judged.effects) {
            m_mesh.perform(effect);
        }
    }
    go(judged.entry.hash);
    return judged;
}

void EvidenceChain::skip(const std::string& hash) {
    go(hash);
}

void EvidenceChain::go(std::string hash) {
    m_hash = std::move(hash);
    m_seen.insert(m_hash);
}

} // namespace meshbone::catalog
