// SPDX-License-Identifier: Apache-2.0
#include "ledger/projector.h"

#include "ledger/chain.h"
#include "ledger/judge.h"
#include "ledger/redo.h"

#include <fmt/format.h>

namespace meshbone::catalog {

Result<std::unique_ptr<Projector>> Projector::open(ProjectionStore& store) {
    if (auto indexed = indexOldEntries(store); !indexed) {
        return std::unexpected(indexed.error());
    }
    auto head = store.head();
    auto mesh = store.loadMesh();
    if (!head || !mesh) {
        return std::unexpected(!head ? head.error() : mesh.error());
    }
    std::unique_ptr<Projector> projector(new Projector(store));
    projector->m_head = std::move(*head);
    projector->m_mesh = std::move(*mesh);
    return projector;
}

std::string Projector::headHash() const {
    return m_head.hash.empty() ? genesisHash() : m_head.hash;
}

Status Projector::apply(std::span<const Record> records) {
    Mesh mesh = m_mesh.share();
    StoreHead head = m_head;
    std::vector<JudgedEntry> batch;
    batch.reserve(records.size());
    std::string hash = headHash();
    for (const Record& record : records) {
        const std::int64_t number = record.offset.value();
        if (number <= head.number) {
            return fail(ErrorCode::Corrupt,
                        fmt::format("Entry {} of the ledger came after entry {}.", number, head.number));
        }
        JudgedEntry judged = judge(mesh, number, record.value.value_or(Bytes()), hash);
        for (const Effect& effect : judged.effects) {
            mesh.perform(effect);
        }
        hash = judged.entry.hash;
        head = {number, hash, judged.entry.json, head.entries + 1};
        batch.push_back(std::move(judged));
    }
    if (auto stored = m_store.apply(batch); !stored) {
        return stored;
    }
    m_mesh = std::move(mesh);
    m_head = std::move(head);
    m_lastBatch = std::move(batch);
    return {};
}

} // namespace meshbone::catalog
