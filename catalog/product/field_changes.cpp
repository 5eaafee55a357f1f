// SPDX-License-Identifier: Apache-2.0
#include "product/field_changes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

namespace meshbone::catalog {
namespace {

std::optional<std::string> valueOf(const Fields& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

std::string portField(PortDirection direction, const std::string& topic) {
    return (direction == PortDirection::Output ? "output " : "input ") + topic;
}

Fields fieldsOf(const Person* person) {
    if (person == nullptr) {
        return {};
    }
    return {{"name", person->name}, {"public keys", fmt::format("{}", fmt::join(person->publicKeys, " "))}};
}

Fields fieldsOf(const Team* team) {
    if (team == nullptr) {
        return {};
    }
    return {{"name", team->name},
            {"description", team->description},
            {"people", fmt::format("{}", fmt::join(team->people, ", "))}};
}

Fields fieldsOf(const Domain* domain) {
    if (domain == nullptr) {
        return {};
    }
    return {{"name", domain->name}, {"description", domain->description}, {"owner", domain->owner}};
}

Fields fieldsOf(const Product* product) {
    if (product == nullptr) {
        return {};
    }
    Fields fields{{"name", product->name},
                  {"description", product->description},
                  {"domain", product->domain},
                  {"owner", product->owner}};
    for (const Port& port : product->ports) {
        fields[portField(port.direction, port.topic)] = port.description;
    }
    return fields;
}

Fields fieldsOf(const TopicNote* note) {
    if (note == nullptr) {
        return {};
    }
    return {{"description", note->description}};
}

Fields fieldsOf(const AgreedContract* contract) {
    if (contract == nullptr) {
        return {};
    }
    return {{"text", contract->text}};
}

std::vector<FieldChange> changesBetween(const Fields& before, const Fields& after) {
    std::set<std::string> names;
    for (const Fields* fields : {&before, &after}) {
        for (const auto& [name, value] : *fields) {
            names.insert(name);
        }
    }
    std::vector<FieldChange> changes;
    for (const std::string& name : names) {
        FieldChange change{name, valueOf(before, name), valueOf(after, name)};
        if (change.before != change.after) {
            changes.push_back(std::move(change));
        }
    }
    return changes;
}

} // namespace meshbone::catalog
