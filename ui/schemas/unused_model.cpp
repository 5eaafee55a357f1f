// SPDX-License-Identifier: Apache-2.0
#include "schemas/unused_model.h"

#include "widgets/format.h"

namespace meshbone::ui {

using Looked = catalog::VersionUsage::Looked;

std::vector<UnusedRow> unusedRows(const UsageAnswer& answer) {
    std::vector<UnusedRow> rows;
    for (const auto& one : answer.unused) {
        rows.push_back({text(one.version.subject), one.version.version, one.version.id.value(), one.version.writtenMs,
                        one.looked, text(catalog::unusedWords(one, answer.coverage()))});
    }
    return rows;
}

UnusedModel::UnusedModel(QObject* parent)
    : RowsModel({{QStringLiteral("subject"), tr("Subject"), 230, false, false},
                 {QStringLiteral("version"), tr("Version"), 70, false, false},
                 {QStringLiteral("id"), tr("Id"), 56, true, false},
                 {QStringLiteral("registered"), timeTitle(tr("Registered")), 140, false, false},
                 {QStringLiteral("events"), tr("Its events"), 130, false, false},
                 {QStringLiteral("why"), tr("Why it is called unused"), 300, false, true}},
                parent) {}

Cell UnusedModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Subject:
        return {cell::strong(one.subject)};
    case Version:
        return {cell::text(versionWord(one.version))};
    case Id:
        return {cell::mono(QString::number(one.id))};
    case Written:
        return {one.writtenMs < 0 ? cell::text(tr("not told"), Token::Text3)
                                  : cell::secondary(formatTime(one.writtenMs).left(16))};
    case Events:
        return one.looked == Looked::All    ? cell::state(Tone::Ok, tr("all looked at"))
               : one.looked == Looked::Part ? cell::state(Tone::Warn, tr("looked at in part"))
                                            : Cell{cell::text(tr("not looked at"), Token::Text3)};
    case Why: { // of its events first, and below it of all else
        const auto end = one.why.indexOf(QStringLiteral(". ")) + 1;
        return {cell::text(one.why.left(end)), cell::sub(one.why.mid(end).trimmed())};
    }
    default:
        return {};
    }
}

QVariant UnusedModel::sortKey(int row, int column) const {
    const auto& one = at(row);
    return column == Version   ? QVariant(one.version)
           : column == Id      ? QVariant(one.id)
           : column == Written ? QVariant(static_cast<qint64>(one.writtenMs))
           : column == Events  ? QVariant(-static_cast<int>(one.looked))
                               : QVariant(plain(row, column));
}

QString UnusedModel::copyText(int row, int column) const {
    const auto& one = at(row);
    return column == Version   ? QString::number(one.version)
           : column == Why     ? one.why
           : column == Written ? (one.writtenMs < 0 ? QString() : isoTime(one.writtenMs))
                               : plain(row, column);
}

} // namespace meshbone::ui
