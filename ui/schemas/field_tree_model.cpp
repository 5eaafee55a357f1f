// SPDX-License-Identifier: Apache-2.0
#include "schemas/field_tree_model.h"

#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QSize>

namespace meshbone::ui {

namespace {

constexpr int kFieldRowHeight = 28;

QString joined(const std::vector<std::string>& words) {
    QStringList list;
    for (const auto& one : words) {
        list << text(one);
    }
    return list.join(QStringLiteral(", "));
}

QString nameOf(const FieldNode& node) {
    switch (node.kind) {
    case FieldNode::Kind::Item:
        return FieldTreeModel::tr("each item");
    case FieldNode::Kind::Value:
        return FieldTreeModel::tr("each value");
    case FieldNode::Kind::Branch:
        return FieldTreeModel::tr("as %1").arg(text(node.name));
    case FieldNode::Kind::Field:
        return text(node.name);
    }
    return {};
}

QString docOf(const catalog::SchemaField& field) {
    const auto doc = text(field.doc).simplified();
    if (field.aliases.empty()) {
        return doc;
    }
    const auto also = FieldTreeModel::tr("also called %1").arg(joined(field.aliases));
    return doc.isEmpty() ? also : QStringLiteral("%1 (%2)").arg(doc, also);
}

} // namespace

FieldTreeModel::FieldTreeModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_tree(std::make_shared<const FieldTree>()) {}

void FieldTreeModel::setTree(FieldTreePtr tree) {
    beginResetModel();
    m_tree = tree == nullptr ? std::make_shared<const FieldTree>() : std::move(tree);
    endResetModel();
}

const FieldNode& FieldTreeModel::node(const QModelIndex& index) const {
    return m_tree->nodes[static_cast<std::size_t>(index.internalId())];
}

const std::vector<int>& FieldTreeModel::childrenOf(const QModelIndex& parent) const {
    return parent.isValid() ? node(parent).children : m_tree->top;
}

QModelIndex FieldTreeModel::indexOf(const QString& path) const {
    const auto found = m_tree->byPath.find(path.toStdString());
    if (found == m_tree->byPath.end()) {
        return {};
    }
    const auto at = static_cast<std::size_t>(found->second);
    return createIndex(m_tree->nodes[at].row, 0, static_cast<quintptr>(at));
}

QModelIndex FieldTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (column < 0 || column >= ColumnCount || (parent.isValid() && parent.column() != 0)) {
        return {};
    }
    const auto& children = childrenOf(parent);
    if (row < 0 || row >= static_cast<int>(children.size())) {
        return {};
    }
    return createIndex(row, column, static_cast<quintptr>(children[static_cast<std::size_t>(row)]));
}

QModelIndex FieldTreeModel::parent(const QModelIndex& child) const {
    const int above = child.isValid() ? node(child).parent : -1;
    return above < 0 ? QModelIndex()
                     : createIndex(m_tree->nodes[static_cast<std::size_t>(above)].row, 0, static_cast<quintptr>(above));
}

int FieldTreeModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(childrenOf(parent).size());
}

int FieldTreeModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QString FieldTreeModel::words(const FieldNode& node, int column) const {
    if (column == Field) {
        return nameOf(node);
    }
    if (node.field < 0) {
        return {};
    }
    const auto& field = m_tree->fields[static_cast<std::size_t>(node.field)];
    switch (column) {
    case Type:
        return node.isRecursive ? tr("%1, as above").arg(text(field.type)) : text(field.type);
    case Needed:
        return field.isOptional ? tr("optional") : tr("required");
    case Default:
        return text(node.defaultText);
    case Doc:
        return docOf(field);
    case Tags:
        return joined(field.tags);
    default:
        return {};
    }
}

QVariant FieldTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const auto& one = node(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return words(one, index.column());
    case Qt::SizeHintRole:
        return QSize(0, kFieldRowHeight);
    case kPathRole:
        return one.field < 0 ? QString() : text(m_tree->fields[static_cast<std::size_t>(one.field)].path);
    case Qt::ForegroundRole:
        return color(index.column() == Tags                        ? Token::Warn
                     : index.column() == Field && one.field >= 0   ? Token::Text1
                     : index.column() == Needed || one.isRecursive ? Token::Text3
                                                                   : Token::Text2);
    case Qt::FontRole:
        return textFont((index.column() == Field && one.field >= 0) || index.column() == Default ? TextStyle::Mono
                                                                                                 : TextStyle::Body);
    default:
        return {};
    }
}

QVariant FieldTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Field:
        return tr("Field");
    case Type:
        return tr("Type");
    case Needed:
        return tr("Must be there");
    case Default:
        return tr("Otherwise");
    case Doc:
        return tr("What it is");
    default:
        return tr("Tags");
    }
}

} // namespace meshbone::ui
