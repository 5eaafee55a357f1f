// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_mesh.h"
#include "support/fake_signal.h"

#include <lineage/lineage.h>

namespace meshbone::test {

/// The example's graph in memory: who writes and reads each topic.
class FakeLineage : public lineage::Lineage {
public:
    explicit FakeLineage(const std::vector<MeshTopic>& topics = exampleTopics());
    lineage::Subgraph view(const lineage::ViewQuery& query) const override;
    std::optional<lineage::Node> node(const std::string& name) const override;
    std::vector<lineage::Node> search(const std::string& text, std::size_t limit) const override;
    std::vector<std::pair<lineage::Node, int>> upstream(const std::string& name,
                                                        std::optional<TimestampMs>) const override;
    std::vector<std::pair<lineage::Node, int>> downstream(const std::string& name,
                                                          std::optional<TimestampMs>) const override;
    std::vector<lineage::Change> changes(TimestampMs fromMs, TimestampMs toMs) const override;
    std::size_t nodeCount() const override { return m_nodes.size(); }
    std::string exportDot(const lineage::Subgraph& graph) const override;
    std::string exportJson(const lineage::Subgraph& graph) const override;
    Status publishNow(const CallOptions&) override { return {}; }
    Status waitCaughtUp(const CallOptions&) override { return {}; }
    Subscription onChanged(std::function<void()> changed) override { return m_onChanged.subscribe(std::move(changed)); }

private:
    std::int32_t nodeFor(const std::string& name, lineage::NodeKind kind, const std::string& domain);
    void addEdge(std::int32_t from, std::int32_t to, double perSecond, bool granted);
    std::map<std::int32_t, int> reach(std::int32_t from, bool up, int hops) const;
    std::vector<std::pair<lineage::Node, int>> reachable(const std::string& name, bool up) const;
    std::vector<lineage::Node> m_nodes;
    std::vector<lineage::Edge> m_edges;
    FakeSignal<> m_onChanged;
};

} // namespace meshbone::test
