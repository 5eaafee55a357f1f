// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>
#include <catalog/schema_audience.h>
#include <lineage/lineage.h>

#include <mutex>

namespace meshbone::app {

/// Who meets a schema that was refused, from what this program has open: the lineage of the backbone, and what the
/// ledger grants and which products there are. Thread-safe. Owned by whoever owns the registry, and outlives it.
class MeshAudience final : public catalog::SchemaAudience {
public:
    /// Both are borrowed; null: it isn't open. Waits for an answer under way, so that what was given before may go.
    void setSources(lineage::Lineage* lineage, catalog::Catalog* catalog);
    std::string sentence(const catalog::RefusedChange& change) override;

private:
    std::mutex m_mutex; ///< guards both, also while they are asked
    lineage::Lineage* m_lineage = nullptr;
    catalog::Catalog* m_catalog = nullptr;
};

} // namespace meshbone::app
