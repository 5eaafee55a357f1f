// SPDX-License-Identifier: Apache-2.0
#include "product/mesh.h"

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
    void operator()(const Removed& removed) const {
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
    }
    return "thing";
}

} // namespace meshbone::catalog
