// SPDX-License-Identifier: Apache-2.0
#include "mesh_audience.h"

#include <lineage/impact_words.h>

#include <chrono>

namespace meshbone::app {

namespace {

TimestampMs nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

void MeshAudience::setSources(lineage::Lineage* lineage, catalog::Catalog* catalog) {
    const std::scoped_lock lock(m_mutex);
    m_lineage = lineage;
    m_catalog = catalog;
}

std::string MeshAudience::sentence(const catalog::RefusedChange& change) {
    lineage::Subgraph graph;
    std::vector<catalog::Grant> grants;
    std::vector<catalog::Product> products;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_lineage) {
            lineage::ViewQuery all;
            all.maxNodes = 1'000'000;
            graph = m_lineage->view(all);
        }
        if (m_catalog) {
            grants = m_catalog->grants();
            products = m_catalog->products();
        }
    }
    const lineage::ImpactSources sources{*change.book, graph, grants, products, nowMs(), change.fetches};
    std::vector<lineage::SchemaImpact> impacts;
    std::vector<std::string> fields; // that are there; one that is only to come nobody meets yet
    for (const auto& field : change.fields) {
        if (auto impact = lineage::schemaImpact(sources, change.subject, field)) {
            impacts.push_back(std::move(*impact));
            fields.push_back(field);
        }
    }
    if (impacts.empty()) {
        if (auto whole = lineage::schemaImpact(sources, change.subject, {})) {
            impacts.push_back(std::move(*whole));
        }
    }
    return lineage::impactWords(impacts, fields, {.maySee = change.maySee});
}

} // namespace meshbone::app
