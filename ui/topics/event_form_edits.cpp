// SPDX-License-Identifier: Apache-2.0
// What an event's form holds at its places, and how it is changed.
#include "topics/event_form_node.h"

#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

using catalog::FormType;
using Kind = catalog::FormType::Kind;
using Json = catalog::JsonTree::Kind;

namespace {

constexpr int kMostNestedUnions = 8;

bool isScalar(Kind kind) {
    return kind != Kind::Record && kind != Kind::List && kind != Kind::Map && kind != Kind::OneOf;
}

catalog::JsonTree* memberOf(catalog::JsonTree& object, const std::string& name) {
    const auto found = std::ranges::find(object.members, name, &catalog::JsonMember::first);
    return found == object.members.end() ? nullptr : &found->second;
}

catalog::JsonTree scalar(Json kind, const QString& text = {}) {
    catalog::JsonTree value;
    value.kind = kind;
    value.text = text.toStdString();
    return value;
}

/// What was typed as a value of the type, or else as a text: it is kept, and said not to fit.
catalog::JsonTree typedValue(const FormType& type, const QString& typed) {
    const auto written = catalog::readJsonTree(typed.trimmed().toStdString());
    const bool isNumber = written && written->is(Json::Number);
    switch (type.kind) {
    case Kind::Whole:
    case Kind::Number:
        return isNumber ? scalar(Json::Number, typed.trimmed()) : scalar(Json::String, typed);
    case Kind::Boolean:
        return typed == QStringLiteral("true")    ? scalar(Json::True)
               : typed == QStringLiteral("false") ? scalar(Json::False)
                                                  : scalar(Json::String, typed);
    case Kind::Null:
        return {};
    case Kind::Any:
        return written ? *written : scalar(Json::String, typed);
    default:
        return scalar(Json::String, typed);
    }
}

catalog::JsonTree wrapped(const FormType& oneOf, const FormType& branch, catalog::JsonTree value) {
    if (!oneOf.isNamed || branch.kind == Kind::Null) {
        return value;
    }
    catalog::JsonTree object;
    object.kind = Json::Object;
    object.members.emplace_back(branch.name, std::move(value));
    return object;
}

} // namespace

/// Null: the event has no value there.
EventFormModel::Tree* EventFormModel::valueOf(const Node& node) const {
    if (node.parent == nullptr) {
        return &m_value;
    }
    auto* owner = insideOf(*node.parent);
    if (owner == nullptr) {
        return nullptr;
    }
    if (!node.name.empty() || owner->is(Json::Object)) {
        return memberOf(*owner, node.name);
    }
    return node.item < owner->items.size() ? &owner->items[node.item] : nullptr;
}

/// The value itself, where it stands under the name of its branch.
EventFormModel::Tree* EventFormModel::insideOf(const Node& node) const {
    auto* value = valueOf(node);
    const bool isNamed = value != nullptr && node.declared != nullptr && node.declared->kind == Kind::OneOf &&
                         node.declared->isNamed && value->is(Json::Object) && value->members.size() == 1;
    if (!isNamed) {
        return value;
    }
    auto& [name, inside] = value->members.front();
    return std::ranges::find(node.declared->branches, name, &FormType::name) == node.declared->branches.end() ? value
                                                                                                              : &inside;
}

/// What the value is taken for: of a union the branch. Null: of none, or there is no value.
const FormType* EventFormModel::typeOf(const Node& node) const {
    const auto* type = node.declared;
    const auto* value = valueOf(node);
    for (int i = 0; type != nullptr && type->kind == Kind::OneOf && i < kMostNestedUnions; ++i) {
        type = value == nullptr ? nullptr : catalog::branchOf(*type, *value);
    }
    return value == nullptr ? nullptr : type;
}

/// As what a text that is typed there would be taken; null: nothing can be typed.
const FormType* EventFormModel::typedType(const Node& node) const {
    if (node.declared == nullptr) {
        return nullptr;
    }
    if (node.declared->kind != Kind::OneOf) {
        return isScalar(node.declared->kind) ? node.declared : nullptr;
    }
    const auto* branch = typeOf(node);
    if (branch != nullptr && branch->kind != Kind::Null) {
        return isScalar(branch->kind) ? branch : nullptr;
    }
    const FormType* only = nullptr; // absent, null or nothing of it: what would be the first to fit
    for (const auto* one : node.declared->branches) {
        if (one->kind != Kind::Null) {
            only = only == nullptr ? one : only;
        }
    }
    return only != nullptr && isScalar(only->kind) ? only : nullptr;
}

QString EventFormModel::problemOf(const Node& node) const {
    const auto* value = valueOf(node);
    if (value == nullptr) {
        return node.field != nullptr && node.field->isRequired ? tr("It must be there.") : QString();
    }
    return node.declared == nullptr ? QString() : text(catalog::whyNotValue(*node.declared, *value));
}

QString EventFormModel::valueText(const Node& node) const {
    const auto* inside = insideOf(node);
    if (inside == nullptr) {
        return node.field != nullptr && node.field->defaultValue
                   ? tr("not set; readers take %1").arg(text(node.field->defaultValue->toString()))
                   : tr("not set");
    }
    const auto* type = typeOf(node);
    switch (inside->kind) {
    case Json::String:
    case Json::Number:
        return text(inside->text);
    case Json::Array:
        return type != nullptr && type->kind == Kind::Any
                   ? text(inside->toString())
                   : tr("%n item(s)", nullptr, static_cast<int>(inside->items.size()));
    case Json::Object:
        return type == nullptr || type->kind == Kind::Any
                   ? text(inside->toString())
                   : tr("%n field(s)", nullptr, static_cast<int>(inside->members.size()));
    default:
        return text(inside->toString());
    }
}

QStringList EventFormModel::choicesOf(const Node& node, int column) const {
    QStringList choices;
    if (column == Type && node.declared != nullptr && node.declared->kind == Kind::OneOf) {
        for (const auto* branch : node.declared->branches) {
            choices << text(branch->words);
        }
    }
    const auto* typed = column == Value ? typedType(node) : nullptr;
    if (typed != nullptr && typed->kind == Kind::Boolean) {
        choices << QStringLiteral("true") << QStringLiteral("false");
    } else if (typed != nullptr && typed->kind == Kind::Choice) {
        std::ranges::transform(typed->symbols, std::back_inserter(choices), text);
    }
    return choices;
}

/// Puts a value at a place; where there was none, in the order that the schema has.
void EventFormModel::put(Node& node, Tree value) {
    if (auto* present = valueOf(node)) {
        *present = std::move(value);
        return;
    }
    auto* owner = node.parent == nullptr ? nullptr : insideOf(*node.parent);
    if (owner == nullptr) {
        return;
    }
    if (node.field != nullptr && !node.field->group.empty()) { // the others of the group go
        for (const auto& other : node.parent->children) {
            if (other->field != nullptr && other->field->group == node.field->group) {
                std::erase_if(owner->members, [&](const auto& member) { return member.first == other->name; });
            }
        }
    }
    std::size_t at = 0;
    for (int before = 0; before < node.row; ++before) {
        const auto& name = node.parent->children[static_cast<std::size_t>(before)]->name;
        const auto found = std::ranges::find(owner->members, name, &catalog::JsonMember::first);
        at = std::max(at,
                      found == owner->members.end() ? 0 : static_cast<std::size_t>(found - owner->members.begin()) + 1);
    }
    owner->members.insert(owner->members.begin() + static_cast<std::ptrdiff_t>(at),
                          catalog::JsonMember(node.name, std::move(value)));
}

bool EventFormModel::type(Node& node, const QString& typed) {
    const auto* type = typedType(node);
    auto value = typedValue(*type, typed);
    if (node.declared->kind == Kind::OneOf) {
        value = wrapped(*node.declared, *type, std::move(value));
    }
    const bool isGrouped = node.field != nullptr && !node.field->group.empty();
    put(node, std::move(value));
    auto& owner = *node.parent;
    const auto at = [&](const Node& one, int column) { return createIndex(one.row, column, &one); };
    // Of a group, others may have lost their values; so all of them are told.
    const auto& first = isGrouped ? *owner.children.front() : node;
    const auto& last = isGrouped ? *owner.children.back() : node;
    emit dataChanged(at(first, Name), at(last, Type));
    return true;
}

bool EventFormModel::chooseBranch(Node& node, const QString& words) {
    const auto chosen = std::ranges::find(node.declared->branches, words.toStdString(), &FormType::words);
    if (chosen == node.declared->branches.end() || (valueOf(node) != nullptr && typeOf(node) == *chosen)) {
        return false;
    }
    reshape([&] { put(node, wrapped(*node.declared, **chosen, catalog::emptyValue(**chosen))); });
    return true;
}

/// A map's member; a name that is taken already stays where it is.
bool EventFormModel::rename(const Node& node, const std::string& name) {
    auto* owner = insideOf(*node.parent);
    if (owner == nullptr || name == node.name || memberOf(*owner, name) != nullptr) {
        return false;
    }
    reshape([&] { std::ranges::find(owner->members, node.name, &catalog::JsonMember::first)->first = name; });
    return true;
}

void EventFormModel::set(const QModelIndex& index) {
    auto& node = *nodeAt(index);
    const auto& type = *node.declared;
    // A place that is asked for gets something else than null, where it can.
    const auto real = std::ranges::find_if(type.branches, [](const FormType* one) { return one->kind != Kind::Null; });
    auto value = type.kind == Kind::OneOf && real != type.branches.end()
                     ? wrapped(type, **real, catalog::emptyValue(**real))
                     : catalog::emptyValue(type);
    reshape([&] { put(node, std::move(value)); });
    emit edited();
}

void EventFormModel::addItem(const QModelIndex& index) {
    const auto& node = *nodeAt(index);
    const auto* type = typeOf(node);
    auto* inside = insideOf(node);
    auto value = catalog::emptyValue(*type->items);
    reshape([&] {
        if (type->kind == Kind::List) {
            inside->items.push_back(std::move(value));
            return;
        }
        std::string name = "name";
        for (int i = 2; memberOf(*inside, name) != nullptr; ++i) {
            name = "name" + std::to_string(i);
        }
        inside->members.emplace_back(name, std::move(value));
    });
    emit edited();
}

void EventFormModel::remove(const QModelIndex& index) {
    const auto& node = *nodeAt(index);
    auto* owner = insideOf(*node.parent);
    reshape([&] {
        if (owner->is(Json::Object)) {
            std::erase_if(owner->members, [&](const auto& member) { return member.first == node.name; });
        } else {
            owner->items.erase(owner->items.begin() + static_cast<std::ptrdiff_t>(node.item));
        }
    });
    emit edited();
}

} // namespace meshbone::ui
