// SPDX-License-Identifier: Apache-2.0
#include "service/follower.h"

#include "access/access_evidence.h"
#include "graph/export.h"

namespace meshbone::lineage {

namespace {
/// The public face: queries run on the graph of the moment, calls that wait are handed to the thread.
class Service final : public Lineage {
public:
    Service(const LineageOptions& options, backbone::Backbone& backbone, catalog::Catalog* catalog,
            BrokerCapture* capture, Projection projection)
        : m_follower(options, backbone, catalog, capture, std::move(projection)) {}

    Subgraph view(const ViewQuery& query) const override { return m_follower.graph()->view(query); }

    void forEachUse(const std::function<void(const Use&)>& tell) const override {
        m_follower.graph()->forEachUse(tell);
    }

    std::optional<Node> node(const std::string& name) const override {
        const auto graph = m_follower.graph();
        const auto id = graph->find(name);
        return id < 0 ? std::nullopt : std::optional(graph->at(id).node);
    }

    std::vector<Node> search(const std::string& text, std::size_t limit) const override {
        return m_follower.graph()->search(text, limit);
    }

    ReachedNodes upstream(const std::string& name, std::optional<TimestampMs> asOfMs) const override {
        return reachedNodes(m_follower.graph(), name, false, {asOfMs, std::nullopt});
    }

    ReachedNodes downstream(const std::string& name, std::optional<TimestampMs> asOfMs) const override {
        return reachedNodes(m_follower.graph(), name, true, {asOfMs, std::nullopt});
    }

    std::vector<Change> changes(TimestampMs fromMs, TimestampMs toMs) const override {
        return m_follower.graph()->changes(fromMs, toMs);
    }

    Result<AccessEvidence> accessEvidence(const AccessEvidenceQuery& query, const CallOptions& options) const override {
        const auto entries = std::make_shared<std::vector<Entry>>();
        const auto copy = [entries](const Projection& projection) { *entries = projection.entries(); };
        if (const auto looked = m_follower.waiters().look(copy, options); !looked) {
            return std::unexpected(looked.error());
        }
        return accessEvidenceOf(*entries, query);
    }

    std::size_t nodeCount() const override { return m_follower.graph()->nodeCount(); }
    std::string exportDot(const Subgraph& graph) const override { return toDot(graph); }
    std::string exportJson(const Subgraph& graph) const override { return toJson(graph); }

    Status publishNow(const CallOptions& options) override {
        return m_follower.waiters().wait(Waiter::Step::Publish, options);
    }
    Status waitCaughtUp(const CallOptions& options) override {
        return m_follower.waiters().wait(Waiter::Step::FindEnd, options);
    }
    Subscription onChanged(std::function<void()> changed) override {
        return m_follower.subscribers().add(std::move(changed));
    }

private:
    mutable Follower m_follower;
};
} // namespace

Result<std::unique_ptr<Lineage>> Lineage::open(const LineageOptions& options, backbone::Backbone& backbone,
                                               catalog::Catalog* catalog, Capture* capture) {
    if (options.observer.empty() || options.observer.size() > kMaxNameBytes) {
        return fail(ErrorCode::InvalidArgument, "Lineage needs a name for its observer, of at most 512 bytes.");
    }
    auto* brokerCapture = dynamic_cast<BrokerCapture*>(capture);
    if (capture != nullptr && brokerCapture == nullptr) {
        return fail(ErrorCode::InvalidArgument, "The capture isn't one that Capture::create() made.");
    }
    auto store = Store::open(options.database);
    if (!store) {
        return std::unexpected(store.error());
    }
    auto stored = store->load();
    if (!stored) {
        return std::unexpected(stored.error());
    }
    return std::make_unique<Service>(options, backbone, catalog, brokerCapture,
                                     Projection(std::move(*store), std::move(*stored), options.observer));
}

} // namespace meshbone::lineage
