// SPDX-License-Identifier: Apache-2.0
#include "product/decide_parts.h"
#include "product/field_changes.h"
#include "product/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

/// A key proves one person only: the same key for two would make an entry's author ambiguous.
Status checkKeyIsFree(const Mesh& mesh, const std::string& key, const std::string& forPerson) {
    for (const auto& [id, person] : mesh.people.items()) {
        if (id != forPerson && std::ranges::count(person->publicKeys, key) > 0) {
            return fail(ErrorCode::AlreadyExists, fmt::format("That public key belongs to '{}' already.", id));
        }
    }
    return {};
}

Status addKey(Person& person, const std::string& key, const Mesh& mesh) {
    if (key.empty() || std::ranges::count(person.publicKeys, key) > 0) {
        return {};
    }
    if (auto checked = firstError({checkPublicKey(key), checkKeyIsFree(mesh, key, person.id)}); !checked) {
        return checked;
    }
    if (person.publicKeys.size() >= kMaxKeys) {
        return fail(ErrorCode::Exhausted, fmt::format("'{}' has {} public keys already.", person.id, kMaxKeys));
    }
    person.publicKeys.push_back(key);
    return {};
}

} // namespace

Result<Decision> decideOne(const PutPerson& command, const Case& at) {
    const Person* old = at.mesh.people.find(command.id);
    if (auto checked = firstError({checkSlug("person", command.id), checkName("person", command.name),
                                   checkRevision(Kind::Person, command.id, at, old ? old->revision : 0)});
        !checked) {
        return std::unexpected(checked.error());
    }
    Person person = old ? *old : Person{};
    person.id = command.id;
    person.name = command.name;
    person.revision = at.revision;
    if (auto added = addKey(person, command.publicKey, at.mesh); !added) {
        return std::unexpected(added.error());
    }
    auto changes = changesBetween(fieldsOf(old), fieldsOf(&person));
    return Decision{{std::move(person)}, std::move(changes)};
}

Result<Decision> decideOne(const PutTeam& command, const Case& at) {
    const Team* old = at.mesh.teams.find(command.id);
    if (auto checked = firstError({checkSlug("team", command.id), checkName("team", command.name),
                                   checkText("description", command.description),
                                   checkRevision(Kind::Team, command.id, at, old ? old->revision : 0)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (command.people.empty() || command.people.size() > kMaxPeople) {
        return fail(ErrorCode::InvalidArgument, fmt::format("A team has 1 to {} people.", kMaxPeople));
    }
    Team team{command.id, command.name, command.description, command.people, at.revision};
    std::ranges::sort(team.people);
    if (const auto twice = std::ranges::adjacent_find(team.people); twice != team.people.end()) {
        return fail(ErrorCode::InvalidArgument, fmt::format("'{}' is named twice in the team.", clipped(*twice)));
    }
    for (const std::string& person : team.people) {
        if (at.mesh.people.find(person) == nullptr) {
            return notThere(Kind::Person, person);
        }
    }
    auto changes = changesBetween(fieldsOf(old), fieldsOf(&team));
    return Decision{{std::move(team)}, std::move(changes)};
}

} // namespace meshbone::catalog
