// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "shell/mesh_health.h"

#include <memory>
#include <string>
#include <vector>

namespace meshbone::ui {

/// The topics that subjects can be named after: those that the backbone has, those that the catalog knows, and a few by
/// name. A view of what both have, which it shares: cheap to make and to copy, also of a large mesh. Any thread.
class TopicNames {
public:
    TopicNames() = default;
    TopicNames(std::shared_ptr<const MeshFacts> facts, std::shared_ptr<const CatalogView> catalog)
        : m_facts(std::move(facts))
        , m_catalog(std::move(catalog)) {}
    /// A handful: they are looked through one by one.
    void add(const std::string& topic) { m_others.push_back(topic); }
    [[nodiscard]] bool has(const std::string& topic) const;
    /// The topic whose name a subject carries: of several the longest, since "quakes-near-airports-value" is no
    /// subject of a topic "quakes". Empty: none.
    [[nodiscard]] std::string topicOf(const std::string& subject) const;

private:
    std::shared_ptr<const MeshFacts> m_facts;     // null: none
    std::shared_ptr<const CatalogView> m_catalog; // null: none
    std::vector<std::string> m_others;
};

} // namespace meshbone::ui
