// SPDX-License-Identifier: Apache-2.0
#include "access/binding_table.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {

constexpr int kRowHeight = 28;
constexpr int kMostRows = 8; // past that it scrolls

enum At : int { Principal, Resource, Name, Pattern, Operation, Effect };

QString resourceText(backbone::ResourceKind kind) {
    switch (kind) {
    case backbone::ResourceKind::Topic:
        return BindingsModel::tr("Topic");
    case backbone::ResourceKind::Group:
        return BindingsModel::tr("Group");
    case backbone::ResourceKind::Cluster:
        return BindingsModel::tr("Cluster");
    case backbone::ResourceKind::TransactionalId:
        return BindingsModel::tr("Transactional id");
    default:
        return QString::fromUtf8(name(kind));
    }
}

} // namespace

BindingsModel::BindingsModel(QObject* parent)
    : RowsModel({{QStringLiteral("principal"), tr("Principal"), 170},
                 {QStringLiteral("resource"), tr("Resource"), 84},
                 {QStringLiteral("name"), tr("Name"), 190, false, true},
                 {QStringLiteral("pattern"), tr("Pattern"), 64},
                 {QStringLiteral("operation"), tr("Operation"), 96},
                 {QStringLiteral("effect"), tr("Effect"), 140}},
                parent) {}

QString BindingsModel::key(const BindingRow& row) const {
    return text(describe(row.binding));
}

Cell BindingsModel::cell(int row, int column) const {
    const auto& one = at(row);
    const auto& binding = one.binding;
    switch (column) {
    case Principal:
        return {cell::mono(text(binding.principal))};
    case Resource:
        return {cell::text(resourceText(binding.resourceKind))};
    case Name:
        return {cell::mono(text(binding.resource))};
    case Pattern:
        return {cell::text(QString::fromUtf8(name(binding.pattern)).toLower())};
    case Operation:
        return binding.permission == backbone::Permission::Deny
                   ? Cell{cell::text(tr("DENY %1").arg(QString::fromUtf8(name(binding.operation))), Token::Danger)}
                   : Cell{cell::text(QString::fromUtf8(name(binding.operation)))};
    default:
        return one.icon.isEmpty() ? Cell{cell::secondary(one.effect)} : cell::state(one.tone, one.effect, one.icon);
    }
}

QVariant BindingsModel::data(const QModelIndex& index, int role) const {
    if (role == Qt::ToolTipRole && index.isValid() && index.column() == Effect && !at(index.row()).detail.isEmpty()) {
        return at(index.row()).detail;
    }
    return RowsModel::data(index, role);
}

BindingTable::BindingTable(QWidget* parent)
    : TableView(parent)
    , m_model(new BindingsModel(this)) {
    setObjectName(QStringLiteral("bindingTable"));
    setAccessibleName(tr("Bindings"));
    setEdgePadding(8);
    setModel(m_model);
    setRowHeight(kRowHeight);
    setHeightByRows(kMostRows);
    horizontalHeader()->setSectionsClickable(false);
}

void BindingTable::setRows(std::vector<BindingRow> rows) {
    m_model->setRows(std::move(rows));
    updateGeometry();
}

} // namespace meshbone::ui
