// SPDX-License-Identifier: Apache-2.0
#include "schemas/impact_model.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {

QString kindIcon(ImpactRow::Kind kind) {
    static const std::array kIcons{QStringLiteral("topic"), QStringLiteral("schema"), QStringLiteral("product"),
                                   QStringLiteral("terminal")};
    return kIcons.at(static_cast<std::size_t>(kind));
}

QString kindWord(ImpactRow::Kind kind) {
    const std::array words{ImpactModel::tr("Topic"), ImpactModel::tr("Schema"), ImpactModel::tr("Product"),
                           ImpactModel::tr("Consumer")};
    return words.at(static_cast<std::size_t>(kind));
}

} // namespace

ImpactModel::ImpactModel(QObject* parent)
    : RowsModel({{QStringLiteral("name"), tr("Who"), 230, false, false},
                 {QStringLiteral("kind"), tr("What it is"), 90, false, false},
                 {QStringLiteral("topic"), tr("Where"), 200, false, false},
                 {QStringLiteral("fields"), tr("Fields"), 110, false, false},
                 {QStringLiteral("how"), tr("How it is known"), 220, false, true},
                 {QStringLiteral("seen"), timeTitle(tr("Last seen")), 150, false, false}},
                parent) {}

QString ImpactModel::key(const ImpactRow& row) const {
    return QString::number(static_cast<int>(row.kind)) + u'\n' + row.name + u'\n' + row.topic;
}

Cell ImpactModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Name:
        return {one.domain.isEmpty() ? cell::icon(kindIcon(one.kind))
                                     : cell::domainIcon(kindIcon(one.kind), one.domain),
                cell::strong(one.title)};
    case Kind:
        return {cell::secondary(kindWord(one.kind))};
    case Topic:
        return {cell::text(one.topic)};
    case Fields:
        return {one.fields.isEmpty() ? cell::secondary(tr("all")) : cell::mono(one.fields.join(QStringLiteral(", ")))};
    case How:
        return one.tone == Tone::Neutral ? Cell{cell::text(one.how)} : cell::state(one.tone, one.how);
    case Seen:
        return one.lastMs < 0 ? Cell{} : Cell{cell::secondary(formatTime(one.lastMs).left(19))};
    default:
        return {};
    }
}

QVariant ImpactModel::sortKey(int row, int column) const {
    return column == Name   ? QVariant(at(row).number) // nearest first
           : column == Seen ? QVariant(static_cast<qint64>(at(row).lastMs))
                            : QVariant(plain(row, column));
}

QString ImpactModel::copyText(int row, int column) const {
    return column == Seen ? (at(row).lastMs < 0 ? QString() : isoTime(at(row).lastMs)) : plain(row, column);
}

} // namespace meshbone::ui
