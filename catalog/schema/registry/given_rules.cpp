// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/given_metadata.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>

namespace meshbone::catalog {

namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;
using Modes = std::array<std::string_view, 3>;

constexpr int kInvalidRuleSet = 42210;
constexpr std::size_t kMaxRuleName = 64;
constexpr Modes kMigrationModes{"UPGRADE", "DOWNGRADE", "UPDOWN"};
constexpr Modes kDomainModes{"WRITE", "READ", "WRITEREAD"};
constexpr std::array<std::string_view, 2> kKinds{"TRANSFORM", "CONDITION"};

bool isRuleName(std::string_view name) {
    const auto isLetter = [](unsigned char c) { return std::isalpha(c) != 0 || c == '_' || c >= 0x80; };
    return !name.empty() && isLetter(static_cast<unsigned char>(name.front())) &&
           std::ranges::all_of(name, [&](unsigned char c) { return isLetter(c) || std::isdigit(c) != 0 || c == '-'; });
}

/// One rule of a list as it is read: its texts first, then what they must be.
class RuleReader {
public:
    RuleReader(const Json& given, std::string_view list)
        : m_given(given)
        , m_list(list) {}

    RegistryResult<OrderedJson> read() {
        if (!m_given.is_object()) {
            return refuse(kWrongShape, fmt::format("Each of \"{}\" must be an object.", m_list));
        }
        auto rule = OrderedJson::object();
        for (const char* name : {"name", "doc", "kind", "mode", "type"}) {
            addText(rule, name);
        }
        add(rule, "tags", scalarSet);
        add(rule, "params", scalarMap);
        for (const char* name : {"expr", "onSuccess", "onFailure"}) {
            addText(rule, name);
        }
        const auto disabled = m_given.find("disabled");
        rule["disabled"] = disabled != m_given.end() && (*disabled == true || *disabled == "true");
        if (m_error) {
            return std::unexpected(std::move(*m_error));
        }
        return rule;
    }

private:
    template <class Read>
    void add(OrderedJson& rule, const char* name, Read read) {
        const auto given = m_given.find(name);
        if (m_error || given == m_given.end() || given->is_null()) {
            return;
        }
        auto value = read(*given, fmt::format("\"{}\" of a rule", name));
        if (!value) {
            m_error = std::move(value.error());
        } else if (!value->empty()) {
            rule[name] = *std::move(value);
        }
    }
    void addText(OrderedJson& rule, const char* name) {
        add(rule, name, [](const Json& given, const std::string& what) -> RegistryResult<std::string> {
            auto text = scalarText(given, what);
            return text ? RegistryResult<std::string>(std::move(*text).value_or(std::string()))
                        : std::unexpected(std::move(text.error()));
        });
        // What Confluent's registry takes where nothing is said, and counts in the GUID.
        if (!rule.contains(name) && std::string_view(name) == "kind") {
            rule[name] = "TRANSFORM";
        }
        if (!rule.contains(name) && std::string_view(name) == "mode") {
            rule[name] = "WRITEREAD";
        }
    }

    const Json& m_given;
    std::string_view m_list;
    std::optional<RegistryError> m_error;
};

RegistryResult<void> checkRule(const OrderedJson& rule, std::string_view list, const Modes& modes,
                               std::set<std::string>& names) {
    const auto textOf = [&](const char* name) { return rule.value(name, std::string()); };
    const auto name = textOf("name");
    const auto invalid = [&](std::string why) { return refuse(kInvalidRuleSet, std::move(why)); };
    if (!isRuleName(name) || name.size() > kMaxRuleName) {
        return invalid(fmt::format("\"{}\" is no name for a rule: letters, digits, _ and -, at most {}, a letter or _ "
                                   "first.",
                                   name.substr(0, kMaxRuleName), kMaxRuleName));
    }
    if (!names.insert(name).second) {
        return invalid(fmt::format("Found rule with duplicate name '{}'", name));
    }
    if (textOf("type").empty()) {
        return invalid(fmt::format("The rule '{}' has no \"type\", such as CEL.", name));
    }
    if (std::ranges::find(kKinds, textOf("kind")) == kKinds.end()) {
        return invalid(fmt::format("The rule '{}' is of no kind that is known: {}.", name, fmt::join(kKinds, ", ")));
    }
    const auto mode = textOf("mode");
    if (std::ranges::find(modes, mode) == modes.end()) {
        return invalid(
            fmt::format("The rule '{}' of {} can only be of the mode {}.", name, list, fmt::join(modes, ", ")));
    }
    const bool isOfTwo = mode == "WRITEREAD" || mode == "UPDOWN";
    if (!isOfTwo && (textOf("onSuccess") + textOf("onFailure")).find(',') != std::string::npos) {
        return invalid(fmt::format("The rule '{}' has two actions, which only WRITEREAD and UPDOWN have.", name));
    }
    return {};
}

RegistryResult<OrderedJson> rulesOf(const Json& given, const char* list, const Modes& modes,
                                    std::set<std::string>& names) {
    if (!given.is_array()) {
        return refuse(kWrongShape, fmt::format("\"{}\" must be an array of rules.", list));
    }
    auto rules = OrderedJson::array();
    for (const auto& one : given) {
        auto rule = RuleReader(one, list).read();
        if (!rule) {
            return std::unexpected(std::move(rule.error()));
        }
        if (auto checked = checkRule(*rule, list, modes, names); !checked) {
            return std::unexpected(std::move(checked.error()));
        }
        rules.push_back(std::move(*rule));
    }
    return rules;
}

} // namespace

RegistryResult<std::string> givenRuleSet(const std::string& json) {
    if (json.empty()) {
        return json;
    }
    const auto given = Json::parse(json, nullptr, false);
    if (!given.is_object()) {
        return refuse(kWrongShape, R"("ruleSet" must be an object with lists of rules.)");
    }
    auto kept = OrderedJson::object();
    std::set<std::string> names;
    for (const auto& [list, modes] : {std::pair{"migrationRules", &kMigrationModes},
                                      {"domainRules", &kDomainModes},
                                      {"encodingRules", &kDomainModes}}) {
        const auto found = given.find(list);
        if (found == given.end() || found->is_null()) {
            continue;
        }
        auto rules = rulesOf(*found, list, *modes, names);
        if (!rules) {
            return std::unexpected(std::move(rules.error()));
        }
        if (!rules->empty()) {
            kept[list] = std::move(*rules);
        }
    }
    for (const char* name : {"enableAt", "enableOnlyAt"}) {
        const auto found = given.find(name);
        auto text = found == given.end() ? std::nullopt : scalarText(*found, name).value_or(std::nullopt);
        if (text) {
            kept[name] = std::move(*text);
        }
    }
    return kept.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

} // namespace meshbone::catalog
