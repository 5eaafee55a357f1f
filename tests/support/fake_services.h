// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_backbone.h"
#include "support/fake_catalog.h"
#include "support/fake_lineage.h"
#include "support/fake_registry.h"

#include "shell/services.h"

#include <catalog/schema_violations.h>

namespace meshbone::test {

/// Everything a window needs, in memory, with the example mesh. Only for tests.
struct FakeMesh {
    FakeBackbone backbone;
    FakeCatalog catalog;
    FakeLineage lineage;
    FakeRegistry schemas;
    catalog::ViolationBook violations;
    std::vector<meshbone::backbone::KnownCluster> clusters{knownCluster("prod-eu")};
    std::vector<std::string> opened;                             ///< profiles that were asked for
    Result<meshbone::backbone::Capabilities> found = allThere(); ///< what a connection test finds
    bool production = false;

    FakeMesh() = default;
    /// An empty mesh.
    struct Empty {};
    explicit FakeMesh(Empty)
        : backbone(std::vector<MeshTopic>{})
        , catalog(false)
        , lineage(std::vector<MeshTopic>{})
        , schemas(false) {}

    [[nodiscard]] ui::Services services() {
        ui::Services services{backbone};
        services.catalog = &catalog;
        services.lineage = &lineage;
        services.schemas = &schemas;
        services.onSchemasChanged = [this](std::function<void()> changed) {
            return schemas.onChanged(std::move(changed));
        };
        services.violations = &violations;
        services.person = "ada";
        services.startedMs = backbone.state().sinceMs;
        services.profiles = book();
        services.production = production;
        return services;
    }

    static meshbone::backbone::KnownCluster knownCluster(const std::string& name) {
        meshbone::backbone::KnownCluster known;
        known.profile.name = name;
        known.profile.bootstrap = name + ".example:9093";
        known.production = true;
        return known;
    }
    static meshbone::backbone::Capabilities allThere() {
        meshbone::backbone::Capabilities all;
        all.clusterId = "example";
        all.principal = "User:ada";
        all.whoSentence = "Logged in as ada by SCRAM-SHA-512.";
        all.brokers = {{{1, "127.0.0.1", 9092}, true, "Answers, and serves 35 APIs."}};
        for (std::size_t i = 0; i < meshbone::backbone::kFeatures; ++i) {
            all.features.push_back({static_cast<meshbone::backbone::Feature>(i), true, true, "It can be done."});
        }
        return all;
    }

private:
    [[nodiscard]] ui::ProfileBook book() {
        ui::ProfileBook book;
        book.clusters = [this]() -> Result<std::vector<meshbone::backbone::KnownCluster>> { return clusters; };
        book.save = [this](const meshbone::backbone::KnownCluster& cluster) -> Status {
            std::erase_if(clusters, [&](const auto& one) { return one.profile.name == cluster.profile.name; });
            clusters.push_back(cluster);
            return {};
        };
        book.remove = [this](const std::string& name) -> Status {
            std::erase_if(clusters, [&](const auto& one) { return one.profile.name == name; });
            return {};
        };
        book.open = [this](const std::string& name) { opened.push_back(name); };
        book.test = [this](const meshbone::backbone::Profile&, const CallOptions&) { return found; };
        book.file = "/home/ada/.local/share/meshbone/profiles.json";
        return book;
    }
};

} // namespace meshbone::test
