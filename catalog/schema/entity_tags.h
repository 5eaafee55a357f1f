// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace meshbone::catalog {

/// Where tags stand in an Avro schema and in a JSON Schema: a list of strings.
inline constexpr std::string_view kTagsMember = "confluent:tags";

/// Which record or field of a schema gets and loses which tags. `path` is as Confluent's registry names it, with or
/// without a dot in front:
/// - Avro: the record's full name, and for a field ".<field>" behind it;
/// - Protobuf: the message's name within the package, "Outer.Inner", and for a field ".<field>" behind it;
/// - JSON Schema: from the root, "object.<property>", "array", "allof.0", "not", "conditional.if",
///   "object.definitions.<name>" and so on; branches are counted as they stand in the text.
struct EntityTags {
    std::string path;
    bool isField = false;
    std::vector<std::string> add, remove;
};

/// Adds what isn't there yet, in its order, then takes out what is to go.
inline void applyTo(std::vector<std::string>& tags, const EntityTags& change) {
    for (const auto& tag : change.add) {
        if (std::ranges::find(tags, tag) == tags.end()) {
            tags.push_back(tag);
        }
    }
    std::erase_if(tags,
                  [&](const std::string& tag) { return std::ranges::find(change.remove, tag) != change.remove.end(); });
}

/// A record or field with the tags that stand at it in the text; `path` as above, without a dot in front.
struct TaggedEntity {
    std::string path;
    bool isField = false;
    std::vector<std::string> tags;
};

/// Collects them within a bound: a path tells of all that is around it, so many of them can be far longer than the
/// text.
class TaggedEntities {
public:
    static constexpr std::size_t kMaxBytes = 4 << 20; ///< of paths and tags

    /// Where there are no tags nothing is listed; one that stands twice is one.
    /// `path` makes the path; only where there are tags, since it can be long.
    template <class Path>
    void add(const std::vector<std::string>& tags, bool isField, const Path& path) {
        if (tags.empty() || isFull()) {
            return;
        }
        TaggedEntity entity{path(), isField, {}};
        std::unordered_set<std::string_view> known;
        for (const auto& tag : tags) {
            if (known.insert(tag).second) {
                entity.tags.push_back(tag);
                m_bytes += tag.size();
            }
        }
        m_bytes += entity.path.size();
        m_all.push_back(std::move(entity));
    }
    /// There is more than is kept.
    [[nodiscard]] bool isFull() const { return m_bytes > kMaxBytes; }
    std::vector<TaggedEntity> take() { return std::move(m_all); }

private:
    std::vector<TaggedEntity> m_all;
    std::size_t m_bytes = 0;
};

} // namespace meshbone::catalog
