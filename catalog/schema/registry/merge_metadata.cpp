// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/merge_metadata.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace meshbone::catalog {

namespace {

using Json = nlohmann::json; // sorted: what is merged has one form

Json read(const std::string& text) {
    auto json = Json::parse(text, nullptr, false);
    return json.is_object() ? json : Json::object();
}
std::string write(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json object(const Json& of, const char* name) {
    const auto found = of.find(name);
    return found != of.end() && found->is_object() ? *found : Json::object();
}

constexpr std::array kRuleLists{"migrationRules", "domainRules", "encodingRules"};

std::string nameOf(const Json& rule) {
    return rule.is_object() && rule.contains("name") && rule["name"].is_string() ? rule["name"].get<std::string>()
                                                                                 : std::string();
}

Json mergeRules(const Json& under, const Json& over) {
    auto merged = Json::array();
    std::set<std::string> replaced;
    for (const auto& rule : over) {
        replaced.insert(nameOf(rule));
    }
    for (const auto& rule : under) {
        if (!replaced.contains(nameOf(rule))) {
            merged.push_back(rule);
        }
    }
    for (const auto& rule : over) {
        merged.push_back(rule);
    }
    return merged;
}

} // namespace

std::string mergeMetadata(const std::string& under, const std::string& over) {
    if (under.empty() || over.empty()) {
        return under.empty() ? over : under;
    }
    auto merged = read(under);
    const auto more = read(over);
    for (const char* pairs : {"tags", "properties"}) {
        auto both = object(merged, pairs);
        both.update(object(more, pairs));
        if (!both.empty()) {
            merged[pairs] = both;
        }
    }
    std::set<std::string> sensitive;
    for (const Json* one : {static_cast<const Json*>(&merged), static_cast<const Json*>(&more)}) {
        if (const auto list = one->find("sensitive"); list != one->end()) {
            for (const auto& name : *list) {
                if (name.is_string()) {
                    sensitive.insert(name.get<std::string>());
                }
            }
        }
    }
    if (!sensitive.empty()) {
        merged["sensitive"] = sensitive;
    }
    return write(merged);
}

std::string mergeRuleSets(const std::string& under, const std::string& over) {
    if (under.empty() || over.empty()) {
        return under.empty() ? over : under;
    }
    auto merged = read(under);
    const auto more = read(over);
    for (const char* list : kRuleLists) {
        if (more.contains(list)) {
            merged[list] = mergeRules(merged.value(list, Json::array()), more[list]);
        }
    }
    return write(merged);
}

std::string withoutRules(const std::string& ruleSet, const std::vector<std::string>& names) {
    if (ruleSet.empty() || names.empty()) {
        return ruleSet;
    }
    auto json = read(ruleSet);
    for (const char* list : kRuleLists) {
        const auto rules = json.find(list);
        if (rules == json.end() || !rules->is_array()) {
            continue;
        }
        auto kept = Json::array();
        for (const auto& rule : *rules) {
            if (std::ranges::find(names, nameOf(rule)) == names.end()) {
                kept.push_back(rule);
            }
        }
        *rules = std::move(kept);
    }
    return write(json);
}

bool hasRuleOfType(const std::string& ruleSet, const std::string& type) {
    const auto json = ruleSet.empty() ? Json::object() : read(ruleSet);
    return std::ranges::any_of(kRuleLists, [&](const char* list) {
        const auto rules = json.find(list);
        return rules != json.end() && rules->is_array() && std::ranges::any_of(*rules, [&](const Json& rule) {
                   const auto found = rule.is_object() ? rule.find("type") : rule.end();
                   return rule.is_object() && found != rule.end() && *found == type;
               });
    });
}

std::string metadataProperty(const std::string& metadata, std::string_view name) {
    const auto properties = metadata.empty() ? Json::object() : object(read(metadata), "properties");
    const auto found = properties.find(name);
    return found != properties.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string withMetadataProperty(const std::string& metadata, std::string_view name, const std::string& value) {
    auto json = read(metadata);
    json["properties"][std::string(name)] = value;
    return write(json);
}

} // namespace meshbone::catalog
