// SPDX-License-Identifier: Apache-2.0
#include "contract/compare.h"
#include "contract/document.h"

#include <algorithm>
#include <map>
#include <set>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMostWords = 120; ///< bytes of a value that is shown

/// A list whose items are known by some of their keys, and the keys that have a comparison of their own.
struct NamedList {
    std::string_view key, words; ///< words: what an item is called in a path
    std::vector<std::string_view> name;
    std::set<std::string_view> said;
};

const std::vector<NamedList>& namedLists() {
    static const std::vector<NamedList> kLists{
        {"schema", "", {"name"}, {"name", "physicalName", "physicalType", "description", "properties"}},
        {"servers", "server ", {"server"}, {"server", "type", "host", "format", "topic"}},
        {"slaProperties",
         "sla ",
         {"property", "element", "driver"},
         {"property", "element", "driver", "value", "unit"}},
        {"inputPorts", "input port ", {"name", "version"}, {"name", "version", "contractId"}},
        {"outputPorts", "output port ", {"name", "version"}, {"name", "version", "contractId"}}};
    return kLists;
}

const std::set<std::string_view>& saidOfProperties() {
    static const std::set<std::string_view> kSaid{"name",        "physicalName",   "logicalType", "physicalType",
                                                  "description", "classification", "required",    "unique",
                                                  "primaryKey",  "properties",     "items"};
    return kSaid;
}

/// The value as it is shown; empty: it is too long for a sentence.
std::string shown(const YamlNode& node) {
    std::string text = node.kind == YamlNode::Kind::Text ? node.text : jsonOf(node);
    return text.size() <= kMostWords && text.find('\n') == std::string::npos ? text : std::string();
}

std::string nameOf(const YamlNode& item, const std::vector<std::string_view>& keys) {
    std::string name;
    for (const auto key : keys) {
        const std::string part = textIn(item, key);
        name += name.empty() || part.empty() ? part : " " + part;
    }
    return name;
}

class Rest {
public:
    explicit Rest(Findings& findings)
        : m_findings(findings) {}

    void compareDocuments(const YamlNode& before, const YamlNode& after) {
        std::set<std::string_view> said{"kind", "id", "status", "version"};
        for (const NamedList& list : namedLists()) {
            said.insert(list.key);
            eachPair(before, after, list.key, list.name, [&](const YamlNode& was, const YamlNode& is) {
                const std::string path = std::string(list.words) + nameOf(is, list.name);
                compareKeys(path, was, is, list.said);
                compareProperties(path, was, is);
            });
        }
        compareKeys({}, before, after, said);
    }

private:
    void compareProperties(const std::string& path, const YamlNode& before, const YamlNode& after) {
        eachPair(before, after, "properties", {"name"}, [&](const YamlNode& was, const YamlNode& is) {
            const std::string inner = path + "." + textIn(is, "name");
            compareKeys(inner, was, is, saidOfProperties());
            compareInside(inner, was, is);
        });
    }
    void compareInside(const std::string& path, const YamlNode& before, const YamlNode& after) {
        compareProperties(path, before, after);
        const YamlNode* was = before.find("items");
        const YamlNode* is = after.find("items");
        if (was != nullptr && is != nullptr && was->kind == is->kind && was->kind == YamlNode::Kind::Map) {
            compareKeys(path + "[]", *was, *is, saidOfProperties());
            compareInside(path + "[]", *was, *is);
        }
    }

    /// The items of that list that are in both.
    template <class Both>
    static void eachPair(const YamlNode& before, const YamlNode& after, std::string_view key,
                         const std::vector<std::string_view>& name, Both both) {
        std::map<std::string, const YamlNode*> items;
        for (const YamlNode* item : mapsIn(after, key)) {
            items.emplace(nameOf(*item, name), item);
        }
        for (const YamlNode* was : mapsIn(before, key)) {
            if (const auto is = items.find(nameOf(*was, name)); is != items.end()) {
                both(*was, *is->second);
            }
        }
    }

    using Values = std::map<std::string_view, const YamlNode*>;
    static Values valuesOf(const YamlNode& map) {
        Values values;
        for (std::size_t i = 0; i < map.keys.size(); ++i) {
            values.emplace(map.keys[i], &map.items[i]);
        }
        return values;
    }
    static const YamlNode* valueIn(const Values& values, std::string_view key) {
        const auto found = values.find(key);
        return found == values.end() ? nullptr : found->second;
    }

    void compareKeys(const std::string& path, const YamlNode& before, const YamlNode& after,
                     const std::set<std::string_view>& said) {
        const Values was = valuesOf(before);
        const Values is = valuesOf(after);
        std::set<std::string_view> done(said);
        for (const YamlNode* map : {&before, &after}) {
            for (const std::string& key : map->keys) {
                if (done.insert(key).second) {
                    const YamlNode* old = valueIn(was, key);
                    const YamlNode* now = valueIn(is, key);
                    compareValues(path.empty() ? key : path + "." + key, old, now, old == nullptr ? before.at : old->at,
                                  now == nullptr ? after.at : now->at);
                }
            }
        }
    }

    void compareValues(const std::string& path, const YamlNode* was, const YamlNode* is, FilePlace wasAt,
                       FilePlace isAt) {
        if (was == nullptr || is == nullptr) {
            m_findings.add(path, fmt::format("'{}' is {}.", path, was == nullptr ? "new" : "gone"), false, wasAt, isAt);
        } else if (jsonOf(*was) != jsonOf(*is)) {
            const std::string old = shown(*was);
            const std::string now = shown(*is);
            m_findings.add(path,
                           old.empty() || now.empty() ? fmt::format("'{}' has changed.", path)
                                                      : fmt::format("'{}' was {}, now it is {}.", path, old, now),
                           false, wasAt, isAt);
        }
    }

    Findings& m_findings;
};

} // namespace

void compareRest(const Contract& before, const Contract& after, Findings& findings) {
    const auto was = readContractYaml(before.text);
    const auto is = readContractYaml(after.text);
    if (was && is) { // both were read before, alike
        Rest(findings).compareDocuments(*was, *is);
    }
}

} // namespace meshbone::catalog
