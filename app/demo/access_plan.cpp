// SPDX-License-Identifier: Apache-2.0
#include "demo/access_plan.h"

#include "demo/feeds.h"
#include "demo/mesh_plan.h"
#include "demo/readers.h"
#include "demo/tasks.h"

#include <algorithm>
#include <array>
#include <map>

namespace meshbone::app::demo {

namespace {

/// What is known of a client beside what it does.
struct About {
    std::string_view client, name, team, purpose;
    int days = 0;
    bool granted = true;
};
constexpr std::array kAbout{
    About{"svc-rebooking", "Rebooking", "team-operations", "Rebooking offers", 121},
    About{"svc-delay-board", "Delay board", "team-operations", "Departure boards", 88},
    About{"svc-seismic-alerts", "Seismic alerts", "team-operations", "Paging from magnitude 4.5", 174},
    About{"svc-airport-ops", "Airport operations", "team-operations", "Runway inspection", 25},
    About{"svc-risk-model", "Risk model", "team-insurance", "Training set", 61},
    About{"insurer-portal", "Insurer portal", "team-insurance", "Claims", 142},
    About{"ops-dashboard", "Operations dashboard", "team-operations", "Operations wall", 174},
    About{"notebook-adhoc", "Ad-hoc notebook", "team-research", "Explore last month's earthquakes", 30, false},
};

const About* about(const std::string& client) {
    const auto* found = std::ranges::find(kAbout, client, &About::client);
    return found == kAbout.end() ? nullptr : found;
}

catalog::AccessScope scopeFor(const std::string& client, catalog::Role role) {
    catalog::AccessScope scope;
    scope.principal = "User:" + client;
    scope.role = role;
    return scope;
}

std::vector<catalog::NamePattern> names(const std::vector<std::string>& topics) {
    std::vector<catalog::NamePattern> patterns;
    std::ranges::transform(topics, std::back_inserter(patterns),
                           [](const std::string& topic) { return catalog::NamePattern{topic}; });
    return patterns;
}

catalog::AccessScope reading(const std::string& client, const std::vector<std::string>& topics) {
    auto scope = scopeFor(client, catalog::Role::Consumer);
    scope.reads = names(topics);
    scope.group = {client};
    return scope;
}

catalog::AccessScope writing(const std::string& client, const std::vector<std::string>& topics) {
    auto scope = scopeFor(client, catalog::Role::Producer);
    scope.writes = names(topics);
    return scope;
}

/// The team that owns what the topic belongs to: whose feed or task it is.
std::string ownerOf(const MeshPlan& mesh, const std::string& topic) {
    const auto plan = std::ranges::find(mesh.topics, topic, &TopicPlan::name);
    const auto product = plan == mesh.topics.end()
                             ? mesh.products.end()
                             : std::ranges::find(mesh.products, plan->product, &catalog::PutProduct::id);
    return product == mesh.products.end() ? std::string() : product->owner;
}

std::string requestId(const std::string& client, std::string_view suffix = {}) {
    return "demo-" + client + std::string(suffix);
}

} // namespace

std::vector<AccessPlan> accessPlans() {
    std::vector<AccessPlan> plans;
    for (const auto& feed : feedPlans()) {
        plans.push_back({requestId(feed.name), writing(feed.name, feed.topics), "Source feed"});
    }
    for (const auto& task : taskPlans()) {
        auto inputs = task.inputs;
        inputs.insert(inputs.end(), task.tables.begin(), task.tables.end());
        plans.push_back({requestId(task.name, "-reads"), reading(task.name, inputs), "Stream task"});
        plans.push_back({requestId(task.name, "-writes"), writing(task.name, {task.output}), "Stream task"});
    }
    for (const auto& reader : readerPlans()) {
        const auto* one = about(reader.name);
        plans.push_back({requestId(reader.name), reading(reader.name, reader.topics),
                         one == nullptr ? std::string() : std::string(one->purpose), one == nullptr ? 0 : one->days,
                         one == nullptr || one->granted});
    }
    return plans;
}

AccessGround accessGround() {
    AccessGround ground;
    ground.teams = {
        {"team-operations", "Operations", "Keeps the airports running.", {kAsker}},
        {"team-insurance", "Insurance", "Insures airlines.", {kAsker}},
        {"team-research", "Research", "Looks for patterns.", {kAsker}},
    };
    const auto mesh = meshPlan();
    const auto add = [&](const std::string& client, const std::string& name, const std::string& team) {
        ground.principals.push_back({"User:" + client, name, catalog::PrincipalKind::Service, team, {}, false});
    };
    for (const auto& feed : feedPlans()) {
        add(feed.name, feed.name, ownerOf(mesh, feed.topics.front()));
    }
    for (const auto& task : taskPlans()) {
        add(task.name, task.name, ownerOf(mesh, task.output));
    }
    for (const auto& one : kAbout) {
        add(std::string(one.client), std::string(one.name), std::string(one.team));
    }
    catalog::Policy lapse;
    lapse.id = "lapse";
    lapse.name = "Requests wait for 30 days";
    lapse.lapseDays = 30;
    catalog::Policy confidential;
    confidential.id = "confidential-half-a-year";
    confidential.name = "Half a year for confidential data";
    confidential.reach = catalog::PolicyReach::Classification;
    confidential.subject = "confidential";
    confidential.approval = catalog::Approval::Required;
    confidential.maxDays = 180;
    ground.policies = {{lapse}, {confidential}};
    ground.classified = {{false, "wildlife.strikes.damage", catalog::Classification::Confidential}};
    return ground;
}

} // namespace meshbone::app::demo
