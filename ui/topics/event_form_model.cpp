// SPDX-License-Identifier: Apache-2.0
#include "topics/event_form_node.h"

#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <algorithm>

namespace meshbone::ui {

using catalog::FormType;
using Json = catalog::JsonTree::Kind;

EventFormModel::EventFormModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>()) {}
EventFormModel::~EventFormModel() = default;

void EventFormModel::setForm(catalog::EventFormPtr form, catalog::JsonTree value) {
    reshape([&] {
        m_form = std::move(form);
        m_value = std::move(value);
    });
}

void EventFormModel::setValue(catalog::JsonTree value) {
    reshape([&] { m_value = std::move(value); });
}

/// The rows are made anew: other places have values now.
void EventFormModel::reshape(const std::function<void()>& change) {
    beginResetModel();
    change();
    m_root = std::make_unique<Node>();
    m_root->declared = m_form == nullptr ? nullptr : m_form->top;
    endResetModel();
}

EventFormModel::Node* EventFormModel::nodeAt(const QModelIndex& index) const {
    auto* node = index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
    fill(*node);
    return node;
}

void EventFormModel::fill(Node& node) const {
    if (node.isFilled) {
        return;
    }
    node.isFilled = true;
    const auto* type = typeOf(node);
    const auto* inside = insideOf(node);
    if (type == nullptr || inside == nullptr) {
        return;
    }
    const auto add = [&](const std::string& name, const FormType* declared, const catalog::FormField* field) {
        auto child = std::make_unique<Node>();
        child->name = name;
        child->item = node.children.size();
        child->declared = declared;
        child->field = field;
        child->parent = &node;
        child->row = static_cast<int>(node.children.size());
        node.children.push_back(std::move(child));
    };
    static const FormType kAny;
    if (type->kind == FormType::Kind::Record) {
        for (const auto& field : type->fields) {
            add(field.name, field.type, &field);
        }
        for (const auto& member : inside->members) { // what the schema doesn't know stays to be seen
            if (std::ranges::find(type->fields, member.first, &catalog::FormField::name) == type->fields.end()) {
                add(member.first, &kAny, nullptr);
            }
        }
    } else if (type->kind == FormType::Kind::Map) {
        for (const auto& member : inside->members) {
            add(member.first, type->items, nullptr);
        }
    } else if (type->kind == FormType::Kind::List) {
        for (std::size_t i = 0; i < inside->items.size(); ++i) {
            add({}, type->items, nullptr);
        }
    }
}

QModelIndex EventFormModel::index(int row, int column, const QModelIndex& parent) const {
    if (column < 0 || column >= ColumnCount || (parent.isValid() && parent.column() != 0)) {
        return {};
    }
    const auto* node = nodeAt(parent);
    if (row < 0 || row >= static_cast<int>(node->children.size())) {
        return {};
    }
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex EventFormModel::parent(const QModelIndex& child) const {
    const auto* node = child.isValid() ? static_cast<Node*>(child.internalPointer())->parent : nullptr;
    return node == nullptr || node == m_root.get() ? QModelIndex() : createIndex(node->row, 0, node);
}

int EventFormModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeAt(parent)->children.size());
}

int EventFormModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QVariant EventFormModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const auto& node = *static_cast<Node*>(index.internalPointer());
    const auto problem = problemOf(node);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return index.column() == Name ? (node.name.empty() ? QString::number(node.item) : text(node.name))
               : index.column() == Value
                   ? (role == Qt::EditRole && valueOf(node) == nullptr ? QString() : valueText(node))
                   : text(node.declared->words);
    case Qt::ToolTipRole:
        return !problem.isEmpty() ? problem : node.field == nullptr ? QString() : text(node.field->doc);
    case Qt::ForegroundRole:
        return color(!problem.isEmpty() && index.column() != Type ? Token::Danger
                     : index.column() == Type                     ? Token::Text3
                     : valueOf(node) == nullptr                   ? Token::Text3
                                                                  : Token::Text1);
    case Qt::FontRole:
        return textFont(index.column() == Value && valueOf(node) != nullptr ? TextStyle::Mono : TextStyle::Body);
    case ChoicesRole:
        return choicesOf(node, index.column());
    case ProblemRole:
        return problem;
    default:
        return {};
    }
}

QVariant EventFormModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Name ? tr("Field") : section == Value ? tr("Value") : tr("Type");
}

Qt::ItemFlags EventFormModel::flags(const QModelIndex& index) const {
    auto flags = QAbstractItemModel::flags(index);
    if (!index.isValid()) {
        return flags;
    }
    const auto& node = *static_cast<Node*>(index.internalPointer());
    const auto* owner = node.parent == nullptr ? nullptr : typeOf(*node.parent);
    const bool isEditable = index.column() == Value  ? typedType(node) != nullptr
                            : index.column() == Type ? !choicesOf(node, Type).isEmpty()
                                                     : owner != nullptr && owner->kind == FormType::Kind::Map;
    return isEditable ? flags | Qt::ItemIsEditable : flags;
}

bool EventFormModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable)) {
        return false;
    }
    auto& node = *static_cast<Node*>(index.internalPointer());
    const bool isDone = index.column() == Name   ? rename(node, value.toString().toStdString())
                        : index.column() == Type ? chooseBranch(node, value.toString())
                                                 : type(node, value.toString());
    if (isDone) {
        emit edited();
    }
    return isDone;
}

bool EventFormModel::isSet(const QModelIndex& index) const {
    return index.isValid() && valueOf(*nodeAt(index)) != nullptr;
}

bool EventFormModel::canSet(const QModelIndex& index) const {
    return index.isValid() && !isSet(index);
}

bool EventFormModel::canAddItem(const QModelIndex& index) const {
    if (!isSet(index)) {
        return false;
    }
    const auto* type = typeOf(*nodeAt(index));
    return type != nullptr && (type->kind == FormType::Kind::List || type->kind == FormType::Kind::Map);
}

bool EventFormModel::canRemove(const QModelIndex& index) const {
    const auto* field = index.isValid() ? nodeAt(index)->field : nullptr;
    return isSet(index) && (field == nullptr || !field->isRequired);
}

} // namespace meshbone::ui
