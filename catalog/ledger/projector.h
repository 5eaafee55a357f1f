// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/projection_store.h"

#include <backbone/record.h>

#include <memory>
#include <span>

namespace meshbone::catalog {

/// Turns the ledger's records into the projection: the chain, the judgement, the mesh in memory and the store in step.
/// Not thread-safe; owned by whoever reads the ledger (the follower, a rebuild, a verification).
class Projector {
public:
    /// Starts where the store is.
    static Result<std::unique_ptr<Projector>> open(ProjectionStore& store);

    /// Judges and stores the records, in one transaction. Their offsets must ascend and lie after the head; fails with
    /// Corrupt otherwise, and with the store's errors. After a failure mesh, head and store are as before.
    Status apply(std::span<const Record> records);

    [[nodiscard]] const StoreHead& head() const { return m_head; }
    [[nodiscard]] std::string headHash() const;
    /// The mesh as it is now, for readers; in constant time.
    [[nodiscard]] Mesh shareMesh() { return m_mesh.share(); }
    [[nodiscard]] const Mesh& mesh() const { return m_mesh; }
    /// The judgements of the last apply().
    [[nodiscard]] const std::vector<JudgedEntry>& lastBatch() const { return m_lastBatch; }

private:
    explicit Projector(ProjectionStore& store)
        : m_store(store) {}
    ProjectionStore& m_store;
    Mesh m_mesh;
    StoreHead m_head;
    std::vector<JudgedEntry> m_lastBatch;
};

} // namespace meshbone::catalog
