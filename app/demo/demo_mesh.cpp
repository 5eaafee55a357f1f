// SPDX-License-Identifier: Apache-2.0
#include "demo/demo_mesh.h"

#include "demo/demo_client.h"
#include "demo/feeds.h"
#include "demo/ledger_writing.h"
#include "demo/mesh_plan.h"
#include "demo/readers.h"
#include "demo/tasks.h"

#include <algorithm>
#include <list>
#include <set>

namespace meshbone::app::demo {

namespace {

constexpr auto kRetentionBytes = "67108864"; // 64 MiB a partition: the demo may run for weeks

Status makeTopics(backbone::Admin& admin, const MeshPlan& plan, const CallOptions& call) {
    const auto existing = admin.topics(call);
    if (!existing) {
        return std::unexpected(existing.error());
    }
    std::set<std::string> names;
    std::ranges::transform(*existing, std::inserter(names, names.end()), &backbone::TopicSummary::name);
    for (const auto& topic : plan.topics) {
        if (names.contains(topic.name)) {
            continue;
        }
        backbone::NewTopic created;
        created.name = topic.name;
        created.partitions = topic.partitions;
        if (topic.compacted) {
            created.configs = {{"cleanup.policy", "compact"}};
        } else {
            // The events are years old: retention by time would delete them as they arrive.
            created.configs = {{"retention.ms", "-1"}, {"retention.bytes", kRetentionBytes}};
        }
        const auto done = admin.createTopic(created, call);
        if (!done && done.error().code != ErrorCode::AlreadyExists) {
            return done;
        }
    }
    return {};
}

/// Tells the catalog what the mesh is about. A catalog that knows a product already is left alone: people may have
/// edited it.
Status fillCatalog(catalog::Catalog& catalog, MeshPlan plan, const std::string& person, const CallOptions& call) {
    if (!catalog.products().empty() || !catalog.domains().empty()) {
        return {};
    }
    std::vector<catalog::PutPort> outputs;
    std::vector<catalog::DescribeTopic> descriptions;
    for (const auto& topic : plan.topics) {
        outputs.push_back({topic.product, {topic.name, catalog::PortDirection::Output, {}}});
        descriptions.push_back({topic.name, topic.description});
    }
    for (auto& team : plan.teams) {
        team.people = {person};
    }
    Status done = submitAll(catalog, plan.teams, call);
    done = done ? submitAll(catalog, plan.domains, call) : done;
    done = done ? submitAll(catalog, plan.products, call) : done;
    done = done ? submitAll(catalog, outputs, call) : done;
    done = done ? submitAll(catalog, plan.inputs, call) : done;
    return done ? submitAll(catalog, descriptions, call) : done;
}

class RunningMesh : public DemoMesh {
public:
    explicit RunningMesh(const DemoOptions& options) {
        for (const auto& plan : feedPlans()) {
            add(plan, &runFeed, options);
        }
        for (const auto& plan : taskPlans()) {
            add(plan, &runTask, options);
        }
        for (const auto& plan : readerPlans()) {
            add(plan, &runReader, options);
        }
    }
    /// All are asked to stop before one is awaited: each may be in a poll or on its way out of a group.
    ~RunningMesh() override {
        for (auto& client : m_clients) {
            client.requestStop();
        }
    }
    RunningMesh(const RunningMesh&) = delete;
    RunningMesh& operator=(const RunningMesh&) = delete;

private:
    template <class Plan, class Run>
    void add(const Plan& plan, Run run, const DemoOptions& options) {
        m_clients.emplace_back(
            plan.name, options.profileFor(plan.name),
            [&plan, run, registry = options.registry](const backbone::Profile& profile, std::stop_token stop) {
                return run(plan, profile, registry, stop);
            },
            options.report);
    }

    std::list<DemoClient> m_clients;
};

} // namespace

Result<std::unique_ptr<DemoMesh>> DemoMesh::start(backbone::Backbone& backbone, catalog::Catalog* catalog,
                                                  DemoOptions options, const CallOptions& call) {
    const auto plan = meshPlan();
    if (const auto made = makeTopics(backbone.admin(), plan, call); !made) {
        return std::unexpected(made.error());
    }
    if (catalog != nullptr) {
        if (const auto filled = fillCatalog(*catalog, plan, options.person, call); !filled) {
            return std::unexpected(filled.error());
        }
    }
    if (options.beforeClients) {
        if (const auto ready = options.beforeClients(call); !ready) {
            return std::unexpected(ready.error());
        }
    }
    return std::make_unique<RunningMesh>(options);
}

} // namespace meshbone::app::demo
