// SPDX-License-Identifier: Apache-2.0
#include "product/mesh.h"

#include <iterator>

namespace meshbone::catalog {
namespace {

void withdrawOutputs(Mesh& mesh, std::string_view product) {
    if (const Product* old = mesh.products.find(product)) {
        for (const Port& port : old->ports) {
            if (port.direction == PortDirection::Output) {
                mesh.outputs.remove(port.topic);
            }
        }
    }
}

struct Performer {
    Mesh& mesh;
    void operator()(const Person& person) const { mesh.people.put(person.id, person); }
    void operator()(const Team& team) const { mesh.teams.put(team.id, team); }
    void operator()(const Domain& domain) const { mesh.domains.put(domain.id, domain); }
    void operator()(const Product& product) const {
        withdrawOutputs(mesh, product.id);
        for (const Port& port : product.ports) {
            if (port.direction == PortDirection::Output) {
                mesh.outputs.put(port.topic, product.id);
            }
        }
        mesh.products.put(product.id, product);
    }
    void operator()(const TopicNote& note) const { mesh.topics.put(note.topic, note); }
    void operator()(const AccessRoles& roles) const { mesh.roles.put(std::string(kRolesId), roles); }
    void operator()(const Principal& principal) const { mesh.principals.put(principal.principal, principal); }
    void operator()(const Classified& classified) const {
        (classified.product ? mesh.productClasses : mesh.topicClasses).put(classified.subject, classified);
    }
    void operator()(const Policy& policy) const { mesh.policies.put(policy.id, policy); }
    void operator()(const AccessRequest& request) const { mesh.requests.put(request.id, request); }
    void operator()(const Grant& grant) const { mesh.grants.put(grant.id, grant); }
    void operator()(const BindingRecord& record) const { mesh.bindings.put(bindingKey(record.binding), record); }
    void operator()(const BindingReturns& returns) const { mesh.returns.put(bindingKey(returns.binding), returns); }
    void operator()(const Campaign& campaign) const { mesh.campaigns.put(campaign.id, campaign); }
    void operator()(const AgreedContract& contract) const {
        (contract.product ? mesh.productContracts : mesh.topicContracts).put(contract.subject, contract);
    }
    void operator()(const Removed& removed) const {
        if (removed.revision > 0) {
            mesh.gone.put(goneKey(removed.kind, removed.id), removed.revision);
        }
        switch (removed.kind) {
        case Kind::Person:
            mesh.people.remove(removed.id);
            break;
        case Kind::Team:
            mesh.teams.remove(removed.id);
            break;
        case Kind::Domain:
            mesh.domains.remove(removed.id);
            break;
        case Kind::Product:
            withdrawOutputs(mesh, removed.id);
            mesh.products.remove(removed.id);
            break;
        case Kind::Topic:
            mesh.topics.remove(removed.id);
            break;
        case Kind::AccessRoles:
            mesh.roles.remove(removed.id);
            break;
        case Kind::Principal:
            mesh.principals.remove(removed.id);
            break;
        case Kind::TopicClass:
            mesh.topicClasses.remove(removed.id);
            break;
        case Kind::ProductClass:
            mesh.productClasses.remove(removed.id);
            break;
        case Kind::Policy:
            mesh.policies.remove(removed.id);
            break;
        case Kind::Request:
            mesh.requests.remove(removed.id);
            break;
        case Kind::Grant:
            mesh.grants.remove(removed.id);
            break;
        case Kind::Binding:
            mesh.bindings.remove(removed.id);
            break;
        case Kind::Campaign:
            mesh.campaigns.remove(removed.id);
            break;
        case Kind::TopicContract:
            mesh.topicContracts.remove(removed.id);
            break;
        case Kind::ProductContract:
            mesh.productContracts.remove(removed.id);
            break;
        case Kind::Returns:
            mesh.returns.remove(removed.id);
            break;
        }
    }
};

/// A mesh whose shelves are made of those of `from`.
template <class From, class Make>
Mesh eachOf(From& from, Make make) {
    Mesh other;
    other.people = make(from.people);
    other.teams = make(from.teams);
    other.domains = make(from.domains);
    other.products = make(from.products);
    other.topics = make(from.topics);
    other.outputs = make(from.outputs);
    other.roles = make(from.roles);
    other.principals = make(from.principals);
    other.topicClasses = make(from.topicClasses);
    other.productClasses = make(from.productClasses);
    other.policies = make(from.policies);
    other.requests = make(from.requests);
    other.grants = make(from.grants);
    other.bindings = make(from.bindings);
    other.returns = make(from.returns);
    other.campaigns = make(from.campaigns);
    other.topicContracts = make(from.topicContracts);
    other.productContracts = make(from.productContracts);
    other.gone = make(from.gone);
    return other;
}

} // namespace

void Mesh::perform(const Effect& effect) {
    std::visit(Performer{*this}, effect);
}

Mesh Mesh::share() {
    return eachOf(*this, [](auto& shelf) { return shelf.share(); });
}

Mesh Mesh::copy() const {
    return eachOf(*this, [](const auto& shelf) { return shelf.copy(); });
}

std::vector<AgreedContract> contractsIn(const Mesh& mesh) {
    auto all = mesh.topicContracts.values();
    auto ofProducts = mesh.productContracts.values();
    all.insert(all.end(), std::make_move_iterator(ofProducts.begin()), std::make_move_iterator(ofProducts.end()));
    return all;
}

std::string_view kindName(Kind kind) {
    switch (kind) {
    case Kind::Person:
        return "person";
    case Kind::Team:
        return "team";
    case Kind::Domain:
        return "domain";
    case Kind::Product:
        return "product";
    case Kind::Topic:
        return "topic";
    case Kind::AccessRoles:
        return "list of access roles";
    case Kind::Principal:
        return "principal";
    case Kind::TopicClass:
    case Kind::ProductClass:
        return "classification";
    case Kind::Policy:
        return "policy";
    case Kind::Request:
        return "request";
    case Kind::Grant:
        return "grant";
    case Kind::Binding:
        return "binding";
    case Kind::Campaign:
        return "campaign";
    case Kind::TopicContract:
    case Kind::ProductContract:
        return "contract";
    case Kind::Returns:
        return "count of what came back";
    }
    return "thing";
}

std::string goneKey(Kind kind, std::string_view id) {
    return std::to_string(static_cast<int>(kind)) + " " + std::string(id);
}

std::int64_t goneRevision(const Mesh& mesh, Kind kind, std::string_view id) {
    const std::int64_t* found = mesh.gone.find(goneKey(kind, id));
    return found == nullptr ? 0 : *found;
}

std::string bindingKey(const backbone::AclBinding& binding) {
    std::string key;
    for (const std::string_view part :
         {backbone::name(binding.permission), backbone::name(binding.operation), backbone::name(binding.resourceKind),
          backbone::name(binding.pattern), std::string_view(binding.resource), std::string_view(binding.principal),
          std::string_view(binding.host)}) {
        key += key.empty() ? "" : " ";
        for (const char c : part) {
            key += c == ' ' ? std::string("%20") : c == '%' ? std::string("%25") : std::string(1, c);
        }
    }
    return key;
}

} // namespace meshbone::catalog
