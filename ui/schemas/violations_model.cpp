// SPDX-License-Identifier: Apache-2.0
#include "schemas/violations_model.h"

#include "schemas/differences_model.h"
#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

QString placeWords(const catalog::SchemaViolation& one) {
    return one.offset == kNoOffset ? ViolationsModel::tr("partition %1, refused").arg(one.at.partition.value())
                                   : QStringLiteral("%1 / %2").arg(one.at.partition.value()).arg(one.offset.value());
}

QString writerWords(const catalog::SchemaViolation& one) {
    return one.principal.empty() ? QString() : QStringLiteral("%1, %2").arg(text(one.principal), text(one.client));
}

} // namespace

std::vector<CauseRow> causeRows(const catalog::TopicViolations& topic) {
    std::vector<CauseRow> rows;
    for (const auto& [cause, records] : topic.causes) {
        rows.push_back({sentenceOf(cause), records});
    }
    std::ranges::stable_sort(rows, std::greater{}, &CauseRow::records);
    return rows;
}

CausesModel::CausesModel(QObject* parent)
    : RowsModel({{QStringLiteral("cause"), tr("What is wrong"), 220, false, true},
                 {QStringLiteral("events"), tr("Events"), 80, true, false}},
                parent) {}

Cell CausesModel::cell(int row, int column) const {
    const auto& one = at(row);
    return {column == Cause ? cell::text(one.cause) : cell::secondary(formatCount(one.records))};
}

std::vector<ViolationRow> violationRows(const catalog::TopicViolations& topic) {
    std::vector<ViolationRow> rows;
    QHash<QString, int> seen;
    for (const auto& one : topic.newest) {
        const auto place = QStringLiteral("%1 %2 %3 %4")
                               .arg(one.at.partition.value())
                               .arg(one.offset.value())
                               .arg(one.isKey)
                               .arg(one.timeMs);
        rows.push_back({one, QStringLiteral("%1 %2").arg(place).arg(seen[place]++)});
    }
    return rows;
}

ViolationsModel::ViolationsModel(QObject* parent)
    : RowsModel({{QStringLiteral("time"), timeTitle(tr("Time")), 150, false, false},
                 {QStringLiteral("place"), tr("Partition / offset"), 130, false, false},
                 {QStringLiteral("field"), tr("Field"), 110, false, false},
                 {QStringLiteral("why"), tr("What is wrong"), 220, false, true},
                 {QStringLiteral("writer"), tr("Written by"), 150, false, false}},
                parent) {}

Cell ViolationsModel::cell(int row, int column) const {
    const auto& one = at(row).violation;
    switch (column) {
    case Time:
        return {cell::secondary(one.timeMs < 0 ? QString() : formatTime(one.timeMs).left(19))};
    case Where:
        return {cell::mono(placeWords(one), one.wasRefused ? Token::Text3 : Token::Text1)};
    case Field:
        return {cell::mono(text(one.field))};
    case Why:
        return {cell::text(sentenceOf(one.why))};
    case Writer:
        return {cell::text(one.principal.empty() ? tr("not known") : writerWords(one),
                           one.principal.empty() ? Token::Text3 : Token::Text1)};
    default:
        return {};
    }
}

QVariant ViolationsModel::sortKey(int row, int column) const {
    return column == Time ? QVariant(static_cast<qint64>(at(row).violation.timeMs)) : QVariant(plain(row, column));
}

QString ViolationsModel::copyText(int row, int column) const {
    return column == Time ? isoTime(at(row).violation.timeMs) : plain(row, column);
}

} // namespace meshbone::ui
