// SPDX-License-Identifier: Apache-2.0
#include "contract/draft_properties.h"

#include <catalog/contract.h>

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

void addIfSaid(Lines& lines, std::string_view key, const std::string& text) {
    if (!text.empty()) {
        addText(lines, key, text);
    }
}

void addPurpose(Lines& lines, const std::string& purpose) {
    if (!purpose.empty()) {
        Lines inner;
        addText(inner, "purpose", purpose);
        addKey(lines, "description");
        addIndented(lines, inner);
    }
}

void addOwningTeam(Lines& lines, const ContractOwner& owner) {
    if (owner.team.empty()) {
        return;
    }
    Lines team;
    addText(team, "name", owner.team);
    addIfSaid(team, "description", owner.teamDescription);
    if (!owner.people.empty()) {
        addKey(team, "members");
    }
    for (const ContractPerson& person : owner.people) {
        Lines member;
        addText(member, "username", person.username);
        addIfSaid(member, "name", person.name);
        addText(member, "role", "owner");
        Lines item;
        addItem(item, member);
        addIndented(team, item);
    }
    addKey(lines, "team");
    addIndented(lines, team);
}

std::string_view formatOf(const TopicContractDraft& draft) {
    switch (draft.schema->type()) {
    case SchemaType::Avro:
        return "avro";
    case SchemaType::Json:
        return "json";
    case SchemaType::Protobuf:
        return "protobuf";
    }
    return "json";
}

void addServer(Lines& lines, const TopicContractDraft& draft) {
    if (draft.server.empty()) {
        return;
    }
    Lines server;
    addText(server, "server", "kafka");
    addText(server, "type", "kafka");
    addText(server, "host", draft.server);
    if (draft.schema != nullptr) {
        addText(server, "format", formatOf(draft));
    }
    addKey(lines, "servers");
    Lines item;
    addItem(item, server);
    addIndented(lines, item);
}

/// What the schema is in the registry, for whoever wants it whole.
void addSubject(Lines& object, const TopicContractDraft& draft) {
    addKey(object, "customProperties");
    for (const auto& [name, value] : {std::pair<std::string_view, std::string>{"schemaSubject", draft.subject},
                                      {"schemaVersion", std::to_string(draft.schemaVersion)}}) {
        Lines property;
        addText(property, "property", name);
        addText(property, "value", value);
        Lines item;
        addItem(item, property);
        addIndented(object, item);
    }
}

void addSchema(Lines& lines, const TopicContractDraft& draft) {
    Lines object;
    const std::string name = draft.schema == nullptr ? std::string() : draft.schema->name();
    addText(object, "name", name.empty() ? draft.topic : name);
    addText(object, "physicalName", draft.topic);
    addText(object, "physicalType", "topic");
    addText(object, "logicalType", "object");
    addIfSaid(object, "description", draft.description);
    if (draft.schema != nullptr) {
        const auto fields = draft.schema->fields();
        const Lines properties = propertyLines(fields, draft.schema->type() != SchemaType::Protobuf);
        if (!properties.empty()) {
            addKey(object, "properties");
            addIndented(object, properties);
        }
        addSubject(object, draft);
    }
    addKey(lines, "schema");
    Lines item;
    addItem(item, object);
    addIndented(lines, item);
}

void addPorts(Lines& lines, const ProductContractDraft& draft, ContractPortDirection direction) {
    bool isFirst = true;
    for (const ContractPort& port : draft.ports) {
        if (port.direction != direction) {
            continue;
        }
        if (isFirst) {
            addKey(lines, direction == ContractPortDirection::Input ? "inputPorts" : "outputPorts");
            isFirst = false;
        }
        Lines one;
        addText(one, "name", port.name);
        addText(one, "version", port.version);
        addIfSaid(one, "contractId", port.contractId);
        Lines item;
        addItem(item, one);
        addIndented(lines, item);
    }
}

std::string textOf(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line + "\n";
    }
    return text;
}

} // namespace

std::string topicContractId(std::string_view topic) {
    return fmt::format("urn:meshbone:topic:{}", topic);
}

std::string writeTopicContract(const TopicContractDraft& draft) {
    Lines lines;
    addText(lines, "apiVersion", "v3.1.0");
    addText(lines, "kind", "DataContract");
    addText(lines, "id", topicContractId(draft.topic));
    addText(lines, "name", draft.topic);
    addText(lines, "version", fmt::format("{}.0.0", draft.schemaVersion > 0 ? draft.schemaVersion : 1));
    addText(lines, "status", "active");
    addIfSaid(lines, "domain", draft.owner.domain);
    addIfSaid(lines, "dataProduct", draft.owner.product);
    addPurpose(lines, draft.description);
    addServer(lines, draft);
    addSchema(lines, draft);
    addOwningTeam(lines, draft.owner);
    return textOf(lines);
}

std::string writeProductContract(const ProductContractDraft& draft) {
    Lines lines;
    addText(lines, "apiVersion", "v1.0.0");
    addText(lines, "kind", "DataProduct");
    addText(lines, "id", draft.id);
    addIfSaid(lines, "name", draft.name);
    addText(lines, "version", "1.0.0");
    addText(lines, "status", "active");
    addIfSaid(lines, "domain", draft.owner.domain);
    addPurpose(lines, draft.description);
    addPorts(lines, draft, ContractPortDirection::Input);
    addPorts(lines, draft, ContractPortDirection::Output);
    addOwningTeam(lines, draft.owner);
    return textOf(lines);
}

} // namespace meshbone::catalog
