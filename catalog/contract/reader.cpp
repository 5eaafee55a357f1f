// SPDX-License-Identifier: Apache-2.0
#include "contract/document.h"

#include <fmt/format.h>

#include <charconv>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMostPathBytes = 16U << 20U; ///< of all paths of one contract together

std::string joined(const std::string& parent, const std::string& name) {
    return parent.empty() ? name : parent + "." + name;
}

ContractProperty propertyOf(const YamlNode& node, std::string path, std::string physicalPath) {
    ContractProperty property;
    property.path = std::move(path);
    property.physicalPath = std::move(physicalPath);
    property.logicalType = textIn(node, "logicalType");
    property.physicalType = textIn(node, "physicalType");
    property.classification = textIn(node, "classification");
    property.description = textIn(node, "description");
    property.isRequired = flagIn(node, "required");
    property.isUnique = flagIn(node, "unique");
    property.isPrimaryKey = flagIn(node, "primaryKey");
    property.at = node.at;
    return property;
}

/// Goes through the properties of an object and what is inside them. Its depth is the text's.
class PropertyWalk {
public:
    /// `room`: bytes that paths may still take; nothing more is taken once there is none. Names that go down through
    /// many levels could make of a small text many long paths.
    PropertyWalk(std::vector<ContractProperty>& found, std::size_t& room)
        : m_found(found)
        , m_room(room) {}

    void enter(const YamlNode& holder, const std::string& path, const std::string& physicalPath) {
        for (const YamlNode* node : mapsIn(holder, "properties")) {
            const std::string name = textIn(*node, "name");
            const std::string physicalName = textIn(*node, "physicalName");
            const std::string own = joined(path, name);
            const std::string ownPhysical = joined(physicalPath, physicalName.empty() ? name : physicalName);
            if (take(own, ownPhysical)) {
                m_found.push_back(propertyOf(*node, own, ownPhysical));
                enterInside(*node, own, ownPhysical);
            }
        }
    }

private:
    void enterInside(const YamlNode& node, const std::string& path, const std::string& physicalPath) {
        enter(node, path, physicalPath);
        const YamlNode* items = node.find("items");
        if (items != nullptr && items->kind == YamlNode::Kind::Map && take(path, physicalPath)) {
            m_found.push_back(propertyOf(*items, path + "[]", physicalPath + "[]"));
            enterInside(*items, path + "[]", physicalPath + "[]");
        }
    }

    bool take(const std::string& path, const std::string& physicalPath) {
        const std::size_t bytes = path.size() + physicalPath.size() + 1;
        m_room = m_room > bytes ? m_room - bytes : 0;
        return m_room > 0;
    }

    std::vector<ContractProperty>& m_found;
    std::size_t& m_room;
};

ContractObject objectOf(const YamlNode& node, std::size_t& room) {
    ContractObject object;
    object.name = textIn(node, "name");
    object.physicalName = textIn(node, "physicalName");
    object.physicalType = textIn(node, "physicalType");
    object.description = textIn(node, "description");
    object.at = node.at;
    for (const YamlNode* custom : mapsIn(node, "customProperties")) {
        const auto property = textIn(*custom, "property"), value = textIn(*custom, "value");
        if (property == "schemaSubject") {
            object.schemaSubject = value;
        } else if (property == "schemaVersion") {
            std::from_chars(value.data(), value.data() + value.size(), object.schemaVersion);
        }
    }
    PropertyWalk(object.properties, room).enter(node, {}, {});
    return object;
}

ContractServer serverOf(const YamlNode& node) {
    ContractServer server{textIn(node, "server"), textIn(node, "type"),  textIn(node, "host"),
                          textIn(node, "format"), textIn(node, "topic"), node.at};
    for (const YamlNode* custom : mapsIn(node, "customProperties")) {
        if (server.topic.empty() && textIn(*custom, "property") == "topic") {
            server.topic = textIn(*custom, "value");
        }
    }
    return server;
}

void readTeam(const YamlNode& root, Contract& contract) {
    const YamlNode* team = root.find("team"); // until 3.0 a list, then a map that has one
    const auto members =
        team != nullptr && team->kind == YamlNode::Kind::Map ? mapsIn(*team, "members") : mapsIn(root, "team");
    for (const YamlNode* member : members) {
        contract.team.push_back({textIn(*member, "username"), textIn(*member, "role")});
    }
}

void readPorts(const YamlNode& root, Contract& contract) {
    for (const auto direction : {ContractPortDirection::Input, ContractPortDirection::Output}) {
        const bool isInput = direction == ContractPortDirection::Input;
        for (const YamlNode* port : mapsIn(root, isInput ? "inputPorts" : "outputPorts")) {
            contract.ports.push_back(
                {direction, textIn(*port, "name"), textIn(*port, "version"), textIn(*port, "contractId"), port->at});
        }
    }
}

Contract contractOf(const YamlNode& root, ContractKind kind, std::size_t& room) {
    Contract contract;
    contract.kind = kind;
    contract.apiVersion = textIn(root, "apiVersion");
    contract.id = textIn(root, "id");
    contract.name = textIn(root, "name");
    contract.version = textIn(root, "version");
    contract.status = textIn(root, "status");
    contract.domain = textIn(root, "domain");
    contract.dataProduct = textIn(root, "dataProduct");
    contract.tenant = textIn(root, "tenant");
    for (const YamlNode* server : mapsIn(root, "servers")) {
        contract.servers.push_back(serverOf(*server));
    }
    for (const YamlNode* object : mapsIn(root, "schema")) {
        contract.objects.push_back(objectOf(*object, room));
    }
    for (const YamlNode* sla : mapsIn(root, "slaProperties")) {
        contract.slas.push_back({textIn(*sla, "property"), textIn(*sla, "value"), textIn(*sla, "unit"),
                                 textIn(*sla, "element"), textIn(*sla, "driver"), sla->at});
    }
    readTeam(root, contract);
    for (const YamlNode* support : mapsIn(root, "support")) {
        contract.support.push_back({textIn(*support, "channel"), textIn(*support, "url")});
    }
    readPorts(root, contract);
    return contract;
}

std::unexpected<std::vector<FileProblem>> oneProblem(FilePlace at, std::string sentence) {
    return std::unexpected(std::vector{FileProblem{at, std::move(sentence)}});
}

} // namespace

std::expected<Contract, std::vector<FileProblem>> readContract(std::string text) {
    const auto root = readContractYaml(text);
    if (!root) {
        return std::unexpected(std::vector{root.error()});
    }
    if (root->kind != YamlNode::Kind::Map) {
        return oneProblem({1, 1}, "A contract is a map of keys and values, as 'kind: DataContract'.");
    }
    const YamlNode* kind = root->find("kind");
    if (kind == nullptr) {
        return oneProblem(root->at, "There is no 'kind'; a data contract has 'kind: DataContract', a data product "
                                    "'kind: DataProduct'.");
    }
    if (kind->text != "DataContract" && kind->text != "DataProduct") {
        return oneProblem(kind->at, "This 'kind' is neither DataContract nor DataProduct.");
    }
    std::size_t room = kMostPathBytes;
    Contract contract =
        contractOf(*root, kind->text == "DataContract" ? ContractKind::DataContract : ContractKind::DataProduct, room);
    if (room == 0) {
        return oneProblem({1, 1}, "Its properties have too long names, one in another.");
    }
    contract.text = std::move(text);
    return contract;
}

} // namespace meshbone::catalog
