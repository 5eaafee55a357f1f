// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_backbone.h"
#include "support/fake_catalog.h"
#include "support/fake_lineage.h"

#include "shell/services.h"

namespace meshbone::test {

/// Everything a window needs, in memory, with the example mesh. Only for tests.
struct FakeMesh {
    FakeBackbone backbone;
    FakeCatalog catalog;
    FakeLineage lineage;

    FakeMesh() = default;
    /// An empty mesh.
    struct Empty {};
    explicit FakeMesh(Empty)
        : backbone(std::vector<MeshTopic>{})
        , catalog(false)
        , lineage(std::vector<MeshTopic>{}) {}

    [[nodiscard]] ui::Services services() {
        ui::Services services{backbone};
        services.catalog = &catalog;
        services.lineage = &lineage;
        services.person = "ada";
        services.startedMs = backbone.state().sinceMs;
        services.profiles = {"embedded", "prod-eu"};
        return services;
    }
};

} // namespace meshbone::test
