// SPDX-License-Identifier: Apache-2.0
#include "message/json_tree_model.h"

#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace meshbone::ui {

using Kind = catalog::JsonTree::Kind;

struct JsonTreeModel::Node {
    QString name;
    const catalog::JsonTree* value = nullptr;
    Node* parent = nullptr;
    int row = 0;
    bool filled = false;
    std::vector<std::unique_ptr<Node>> children;

    void fill() {
        if (filled) {
            return;
        }
        filled = true;
        const auto add = [this](const QString& childName, const catalog::JsonTree& childValue) {
            auto child = std::make_unique<Node>();
            child->name = childName;
            child->value = &childValue;
            child->parent = this;
            child->row = static_cast<int>(children.size());
            children.push_back(std::move(child));
        };
        for (const auto& [name, member] : value->members) {
            add(text(name), member);
        }
        for (std::size_t i = 0; i < value->items.size(); ++i) {
            add(QString::number(i), value->items[i]);
        }
    }
};

namespace {

QString valueText(const catalog::JsonTree& value) {
    switch (value.kind) {
    case Kind::String:
        return QLatin1Char('"') + text(value.text) + QLatin1Char('"');
    case Kind::Array:
        return JsonTreeModel::tr("%n item(s)", nullptr, static_cast<int>(value.items.size()));
    case Kind::Object:
        return JsonTreeModel::tr("%n field(s)", nullptr, static_cast<int>(value.members.size()));
    default:
        return text(value.toString());
    }
}

QString typeText(const catalog::JsonTree& value) {
    switch (value.kind) {
    case Kind::Null:
        return QStringLiteral("null");
    case Kind::True:
    case Kind::False:
        return QStringLiteral("boolean");
    case Kind::Number:
        return QStringLiteral("number");
    case Kind::String:
        return QStringLiteral("string");
    case Kind::Array:
        return QStringLiteral("array");
    case Kind::Object:
        return QStringLiteral("object");
    }
    return {};
}

Token valueInk(const catalog::JsonTree& value) {
    switch (value.kind) {
    case Kind::String:
        return Token::Ok;
    case Kind::Number:
    case Kind::True:
    case Kind::False:
        return Token::Accent;
    default:
        return Token::Text3;
    }
}

} // namespace

JsonTreeModel::JsonTreeModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>()) {
    m_root->value = &m_value;
}
JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setValue(catalog::JsonTree value) {
    beginResetModel();
    m_value = std::move(value);
    m_root = std::make_unique<Node>();
    m_root->value = &m_value;
    endResetModel();
}

JsonTreeModel::Node* JsonTreeModel::nodeAt(const QModelIndex& index) const {
    auto* node = index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
    node->fill();
    return node;
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (column < 0 || column >= ColumnCount || (parent.isValid() && parent.column() != 0)) {
        return {};
    }
    const auto* node = nodeAt(parent);
    if (row < 0 || row >= static_cast<int>(node->children.size())) {
        return {};
    }
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex& child) const {
    const auto* node = child.isValid() ? static_cast<Node*>(child.internalPointer())->parent : nullptr;
    return node == nullptr || node == m_root.get() ? QModelIndex() : createIndex(node->row, 0, node);
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeAt(parent)->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const auto* node = static_cast<Node*>(index.internalPointer());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return index.column() == Name    ? node->name
               : index.column() == Value ? valueText(*node->value)
                                         : typeText(*node->value);
    case Qt::ForegroundRole:
        return color(index.column() == Name    ? Token::Text1
                     : index.column() == Value ? valueInk(*node->value)
                                               : Token::Text3);
    case Qt::FontRole:
        return textFont(index.column() == Type ? TextStyle::Small : TextStyle::Mono);
    case Qt::TextAlignmentRole:
        return index.column() == Type ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Name ? tr("Field") : section == Value ? tr("Value") : tr("Type");
}

} // namespace meshbone::ui
