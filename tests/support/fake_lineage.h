// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_mesh.h"
#include "support/fake_signal.h"

#include <lineage/access_evidence.h>
#include <lineage/lineage.h>

#include <map>
#include <mutex>
#include <set>

namespace meshbone::test {

/// The example's graph in memory: who writes and reads each topic.
class FakeLineage : public lineage::Lineage {
public:
    explicit FakeLineage(const std::vector<MeshTopic>& topics = exampleTopics());
    /// Somebody begins to read a topic at a time: an edge, its node where there was none, and the change that says so.
    void addReader(const std::string& reader, const std::string& topic, TimestampMs atMs);
    lineage::Subgraph view(const lineage::ViewQuery& query) const override;
    void forEachUse(const std::function<void(const lineage::Use&)>& tell) const override;
    std::optional<lineage::Node> node(const std::string& name) const override;
    std::vector<lineage::Node> search(const std::string& text, std::size_t limit) const override;
    lineage::ReachedNodes upstream(const std::string& name, std::optional<TimestampMs>) const override;
    lineage::ReachedNodes downstream(const std::string& name, std::optional<TimestampMs>) const override;
    std::vector<lineage::Change> changes(TimestampMs fromMs, TimestampMs toMs) const override;
    Result<lineage::AccessEvidence> accessEvidence(const lineage::AccessEvidenceQuery&,
                                                   const CallOptions&) const override;
    void setAccessEvidence(lineage::AccessEvidence evidence); ///< what accessEvidence() tells from now on
    std::size_t nodeCount() const override;
    std::string exportDot(const lineage::Subgraph& graph) const override;
    std::string exportJson(const lineage::Subgraph& graph) const override;
    Status publishNow(const CallOptions&) override { return {}; }
    Status waitCaughtUp(const CallOptions&) override { return {}; }
    Subscription onChanged(std::function<void()> changed) override { return m_onChanged.subscribe(std::move(changed)); }

private:
    std::int32_t nodeFor(const std::string& name, lineage::NodeKind kind, const std::string& domain);
    void addEdge(std::int32_t from, std::int32_t to, double perSecond, bool granted);
    void connectReader(const std::string& reader, const std::string& topic, TimestampMs atMs);
    using Moment = std::optional<TimestampMs>;
    std::map<std::int32_t, int> reach(std::int32_t from, bool up, int hops, Moment asOfMs) const;
    lineage::ReachedNodes reachable(const std::string& name, bool up, Moment asOfMs) const;
    std::set<std::int32_t> shownNodes(const lineage::ViewQuery& query) const;
    std::vector<lineage::Node> m_nodes;
    std::vector<lineage::Edge> m_edges;
    std::vector<lineage::Change> m_added; ///< by addReader()
    lineage::AccessEvidence m_evidence;
    mutable std::recursive_mutex m_mutex; ///< guards nodes, edges, changes and evidence
    FakeSignal<> m_onChanged;
};

} // namespace meshbone::test
