// SPDX-License-Identifier: Apache-2.0
#include "topics/json_tree_model.h"

#include "widgets/fonts.h"
#include "widgets/theme.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

namespace meshbone::ui {

struct JsonTreeModel::Node {
    QString name;
    QJsonValue value;
    Node* parent = nullptr;
    int row = 0;
    bool filled = false;
    std::vector<std::unique_ptr<Node>> children;

    void fill() {
        if (filled) {
            return;
        }
        filled = true;
        const auto add = [this](const QString& childName, const QJsonValue& childValue) {
            auto child = std::make_unique<Node>();
            child->name = childName;
            child->value = childValue;
            child->parent = this;
            child->row = static_cast<int>(children.size());
            children.push_back(std::move(child));
        };
        if (value.isObject()) {
            const auto object = value.toObject();
            for (auto it = object.begin(); it != object.end(); ++it) {
                add(it.key(), it.value());
            }
        } else if (value.isArray()) {
            const auto array = value.toArray();
            for (qsizetype i = 0; i < array.size(); ++i) {
                add(QString::number(i), array.at(i));
            }
        }
    }
};

namespace {

QString valueText(const QJsonValue& value) {
    switch (value.type()) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double: {
        const double number = value.toDouble();
        const auto whole = value.toInteger();
        return static_cast<double>(whole) == number ? QString::number(whole) : QString::number(number, 'g', 15);
    }
    case QJsonValue::String:
        return QLatin1Char('"') + value.toString() + QLatin1Char('"');
    case QJsonValue::Array:
        return JsonTreeModel::tr("%n item(s)", nullptr, int(value.toArray().size()));
    case QJsonValue::Object:
        return JsonTreeModel::tr("%n field(s)", nullptr, int(value.toObject().size()));
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

QString typeText(const QJsonValue& value) {
    switch (value.type()) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return QStringLiteral("boolean");
    case QJsonValue::Double:
        return QStringLiteral("number");
    case QJsonValue::String:
        return QStringLiteral("string");
    case QJsonValue::Array:
        return QStringLiteral("array");
    case QJsonValue::Object:
        return QStringLiteral("object");
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

Token valueInk(const QJsonValue& value) {
    return value.isString() ? Token::Ok : value.isDouble() || value.isBool() ? Token::Accent : Token::Text3;
}

} // namespace

JsonTreeModel::JsonTreeModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>()) {}
JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setValue(const QJsonValue& value) {
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_root->value = value;
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
               : index.column() == Value ? valueText(node->value)
                                         : typeText(node->value);
    case Qt::ForegroundRole:
        return color(index.column() == Name    ? Token::Text1
                     : index.column() == Value ? valueInk(node->value)
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
