// SPDX-License-Identifier: Apache-2.0
#include "product/undo.h"

#include "product/decide.h"
#include "product/names.h"
#include "product/undo_parts.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

template <class Thing>
Fields fieldsIn(const Shelf<Thing>& shelf, std::string_view id) {
    return fieldsOf(shelf.find(id));
}

Fields fieldsNow(const Mesh& mesh, Kind kind, const std::string& id) {
    switch (kind) {
    case Kind::Person:
        return fieldsIn(mesh.people, id);
    case Kind::Team:
        return fieldsIn(mesh.teams, id);
    case Kind::Domain:
        return fieldsIn(mesh.domains, id);
    case Kind::Product:
        return fieldsIn(mesh.products, id);
    case Kind::Topic:
        return fieldsIn(mesh.topics, id);
    case Kind::AccessRoles:
        return fieldsIn(mesh.roles, id);
    case Kind::Principal:
        return fieldsIn(mesh.principals, id);
    case Kind::TopicClass:
        return fieldsIn(mesh.topicClasses, id);
    case Kind::ProductClass:
        return fieldsIn(mesh.productClasses, id);
    case Kind::Policy:
        return fieldsIn(mesh.policies, id);
    case Kind::Request:
        return fieldsIn(mesh.requests, id);
    case Kind::Grant:
        return fieldsIn(mesh.grants, id);
    case Kind::Binding:
        return fieldsIn(mesh.bindings, id);
    case Kind::Campaign:
        return fieldsIn(mesh.campaigns, id);
    case Kind::TopicContract:
        return fieldsIn(mesh.topicContracts, id);
    case Kind::ProductContract:
        return fieldsIn(mesh.productContracts, id);
    case Kind::Returns:
        return fieldsIn(mesh.returns, id);
    }
    return {};
}

/// The fields as the change found them, other fields as they are now.
Result<Way> wayBack(Kind kind, const std::string& id, const std::vector<FieldChange>& changes, const Mesh& mesh) {
    Way way{id, fieldsNow(mesh, kind, id), {}};
    way.then = way.now;
    for (const FieldChange& change : changes) {
        const auto found = way.now.find(change.field);
        const auto value = found == way.now.end() ? std::nullopt : std::optional(found->second);
        if (value != change.after) {
            return fail(ErrorCode::Conflict,
                        fmt::format("The {} '{}' has changed after this entry, in '{}'; undo the later entry first.",
                                    kindName(kind), clipped(id), clipped(change.field)));
        }
        if (change.before) {
            way.then[change.field] = *change.before;
        } else {
            way.then.erase(change.field);
        }
    }
    return way;
}

Commands backTo(const Way& way, const PutPerson&) {
    if (way.removes()) {
        return noWayBack("A person can't be taken out of the ledger; their entries must stay provable.");
    }
    if (way.differsIn("public keys")) {
        return noWayBack("A public key can't be taken away again.");
    }
    return {{PutPerson{way.id, way.field("name"), ""}}};
}

Commands backTo(const Way& way, const PutTeam&) {
    if (way.removes()) {
        return noWayBack("A team can't be removed; it can only be changed.");
    }
    return {{PutTeam{way.id, way.field("name"), way.field("description"), splitList(way.field("people"))}}};
}

Commands backToDomain(const Way& way) {
    if (way.removes()) {
        return {{RemoveDomain{way.id}}};
    }
    return {{PutDomain{way.id, way.field("name"), way.field("description"), way.field("owner")}}};
}
Commands backTo(const Way& way, const PutDomain&) {
    return backToDomain(way);
}
Commands backTo(const Way& way, const RemoveDomain&) {
    return backToDomain(way);
}

/// A port that differs is put or removed; its field says direction and topic.
Command backToPort(const Way& way, const std::string& field) {
    const std::size_t blank = field.find(' ');
    const auto direction = field.starts_with("output ") ? PortDirection::Output : PortDirection::Input;
    const std::string topic = field.substr(blank + 1);
    if (way.then.contains(field)) {
        return PutPort{way.id, {topic, direction, way.field(field)}};
    }
    return RemovePort{way.id, topic, direction};
}

Commands backToProduct(const Way& way) {
    if (way.removes()) {
        return {{RemoveProduct{way.id}}};
    }
    if (!way.then.contains("name")) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The product '{}' has got ports after this entry; remove them first.", way.id));
    }
    std::vector<Command> commands;
    if (std::ranges::any_of(std::initializer_list<const char*>{"name", "description", "domain", "owner"},
                            [&](const char* name) { return way.differsIn(name); })) {
        commands.emplace_back(
            PutProduct{way.id, way.field("name"), way.field("description"), way.field("domain"), way.field("owner")});
    }
    for (const FieldChange& change : changesBetween(way.now, way.then)) {
        if (change.field.find(' ') != std::string::npos) {
            commands.push_back(backToPort(way, change.field));
        }
    }
    return commands;
}
Commands backTo(const Way& way, const PutProduct&) {
    return backToProduct(way);
}
Commands backTo(const Way& way, const RemoveProduct&) {
    return backToProduct(way);
}
Commands backTo(const Way& way, const PutPort&) {
    return backToProduct(way);
}
Commands backTo(const Way& way, const RemovePort&) {
    return backToProduct(way);
}

Commands backTo(const Way& way, const DescribeTopic&) {
    return {{DescribeTopic{way.id, way.field("description")}}};
}

Commands backToContract(const Way& way, bool ofProduct) {
    if (way.removes()) {
        return {{RemoveContract{ofProduct, way.id}}};
    }
    return {{PutContract{ofProduct, way.id, way.field("text")}}};
}
Commands backTo(const Way& way, const PutContract& command) {
    return backToContract(way, command.product);
}
Commands backTo(const Way& way, const RemoveContract& command) {
    return backToContract(way, command.product);
}

Commands backTo(const Way&, const RecordAct& command) {
    if (command.act == "topic.created") {
        return noWayBack("Only deleting the topic would take this back, with all its records; that is done on the "
                         "backbone, from the topic's page.");
    }
    if (command.act == "topic.deleted") {
        return noWayBack("The topic and its records are gone from the backbone for good.");
    }
    return noWayBack("This was done on the backbone and is only recorded here; change it back there.");
}

std::optional<std::string> settingIn(const std::map<std::string, std::string>& settings, const std::string& name) {
    const auto found = settings.find(name);
    return found == settings.end() || found->second == kNoOwnSetting ? std::nullopt : std::optional(found->second);
}

/// A topic's settings go back on the backbone, and that is recorded in turn.
Result<Inverse> settingsBack(const RecordAct& command) {
    SettingsUndo undo{command.subject, {}, {}};
    for (const auto* settings : {&command.before, &command.after}) {
        for (const auto& [name, value] : *settings) {
            undo.found[name] = settingIn(command.after, name);
            undo.put[name] = settingIn(command.before, name);
        }
    }
    if (undo.found == undo.put) {
        return fail(ErrorCode::InvalidArgument, "This entry changed nothing, so there is nothing to undo.");
    }
    if (undo.found.contains("partitions")) {
        return noWayBack("Partitions can be added on the backbone and never taken away again.");
    }
    return Inverse{{RecordAct{command.act, command.subject, command.after, command.before}},
                   changesBetween(command.after, command.before),
                   std::move(undo)};
}

/// What the commands change, one after the other; or the first rule that forbids them.
Result<std::vector<FieldChange>> tried(const std::vector<Command>& commands, const Mesh& mesh) {
    Mesh trial = mesh.copy();
    std::vector<FieldChange> changes;
    for (const Command& command : commands) {
        const auto decision = decide(command, Case{trial, std::nullopt, 0});
        if (!decision) {
            return std::unexpected(decision.error());
        }
        std::ranges::for_each(decision->effects, [&](const Effect& effect) { trial.perform(effect); });
        changes.insert(changes.end(), decision->changes.begin(), decision->changes.end());
    }
    return changes;
}

std::vector<FieldChange> without(std::vector<FieldChange> changes, std::string_view field) {
    std::erase_if(changes, [&](const FieldChange& change) { return change.field == field; });
    return changes;
}

} // namespace

std::vector<std::string> splitList(const std::string& text) {
    constexpr std::string_view kBetween = ", ";
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(kBetween, at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + kBetween.size();
    }
    return parts;
}

std::int64_t revisionOf(const Mesh& mesh, Kind kind, std::string_view id) {
    const auto in = [&](const auto& shelf) {
        const auto* thing = shelf.find(id);
        return thing == nullptr ? goneRevision(mesh, kind, id) : thing->revision;
    };
    switch (kind) {
    case Kind::Person:
        return in(mesh.people);
    case Kind::Team:
        return in(mesh.teams);
    case Kind::Domain:
        return in(mesh.domains);
    case Kind::Product:
        return in(mesh.products);
    case Kind::Topic:
        return in(mesh.topics);
    case Kind::AccessRoles:
        return in(mesh.roles);
    case Kind::Principal:
        return in(mesh.principals);
    case Kind::TopicClass:
        return in(mesh.topicClasses);
    case Kind::ProductClass:
        return in(mesh.productClasses);
    case Kind::Policy:
        return in(mesh.policies);
    case Kind::Request:
        return in(mesh.requests);
    case Kind::Grant:
        return in(mesh.grants);
    case Kind::Binding:
        return in(mesh.bindings);
    case Kind::Campaign:
        return in(mesh.campaigns);
    case Kind::TopicContract:
        return in(mesh.topicContracts);
    case Kind::ProductContract:
        return in(mesh.productContracts);
    case Kind::Returns:
        return in(mesh.returns);
    }
    return 0;
}

Result<Inverse> inverseOf(const Command& command, const std::vector<FieldChange>& changes, const Mesh& mesh) {
    const auto* recorded = std::get_if<RecordAct>(&command);
    if (recorded != nullptr && recorded->act == "topic.configured") {
        return settingsBack(*recorded);
    }
    const auto kind = kindOf(command);
    if (kind && changes.empty()) {
        return fail(ErrorCode::InvalidArgument, "This entry changed nothing, so there is nothing to undo.");
    }
    // The end that a renewal moved isn't the request's own.
    const auto moved = std::ranges::find(changes, kRenewedEnd, &FieldChange::field);
    Way way;
    if (kind) {
        auto found = wayBack(*kind, subjectOf(command), without(changes, kRenewedEnd), mesh);
        if (!found) {
            return std::unexpected(found.error());
        }
        way = std::move(*found);
    }
    auto commands = moved != changes.end() ? backToEnd(mesh.grants.find(way.valueNow("renews")), *moved)
                                           : std::visit([&](const auto& one) { return backTo(way, one); }, command);
    if (!commands) {
        return std::unexpected(commands.error());
    }
    auto changed = tried(*commands, mesh);
    if (!changed) {
        return std::unexpected(changed.error());
    }
    // An act on access is often taken back by an act on another thing: an approval by revoking its grant.
    return Inverse{std::move(*commands),
                   isAboutAccess(command) ? std::move(*changed) : changesBetween(way.now, way.then)};
}

} // namespace meshbone::catalog
