// SPDX-License-Identifier: Apache-2.0
#include "schema/tags/avro_entities.h"

#include <fmt/format.h>

#include <set>

namespace meshbone::catalog {

namespace {

using avro::Field;
using avro::Kind;
using avro::Node;

std::vector<std::string> tagsIn(const std::vector<JsonMember>& props) {
    std::vector<std::string> tags;
    for (const auto& [name, value] : props) {
        for (const auto& tag : name == kTagsMember ? value.items : std::vector<JsonTree>()) {
            if (tag.is(JsonTree::Kind::String)) {
                tags.push_back(tag.text);
            }
        }
    }
    return tags;
}

/// What is left to look at stands in a list: records that refer to one another can be far deeper than a text.
class AvroList {
public:
    AvroList(bool withForeign, TaggedEntities& found)
        : m_withForeign(withForeign)
        , m_found(found) {}

    void list(const Node& top) {
        m_left.push_back({&top, nullptr});
        while (!m_left.empty() && !m_found.isFull()) {
            const auto [node, field] = m_left.back();
            m_left.pop_back();
            if (field == nullptr) {
                look(*node);
                continue;
            }
            const auto path = [of = node, field] { return fmt::format("{}.{}", of->name, field->name); };
            m_found.add(tagsIn(field->props), true, path);
            m_left.push_back({field->type, nullptr});
        }
    }

private:
    struct Step {
        const Node* node = nullptr;
        const Field* field = nullptr; ///< of that record; null: the type itself
    };

    void look(const Node& node) {
        if (node.kind == Kind::Array || node.kind == Kind::Map) {
            m_left.push_back({node.items, nullptr});
        }
        for (auto branch = node.branches.rbegin(); branch != node.branches.rend(); ++branch) {
            m_left.push_back({*branch, nullptr});
        }
        if (node.kind != Kind::Record || (node.isForeign && !m_withForeign) || !m_seen.insert(&node).second) {
            return;
        }
        m_found.add(tagsIn(node.props), false, [&node] { return node.name; });
        for (auto field = node.fields.rbegin(); field != node.fields.rend(); ++field) {
            m_left.push_back({&node, &*field});
        }
    }

    bool m_withForeign;
    TaggedEntities& m_found;
    std::vector<Step> m_left; ///< the next one last
    std::set<const Node*> m_seen;
};

} // namespace

void listAvroEntities(const avro::Model& model, bool withForeign, TaggedEntities& found) {
    AvroList(withForeign, found).list(*model.top);
}

} // namespace meshbone::catalog
