// SPDX-License-Identifier: Apache-2.0
#include "schemas/differences_model.h"

#include "schemas/schema_words.h"
#include "widgets/format.h"

namespace meshbone::ui {

QString sentenceOf(const std::string& message) {
    auto sentence = text(message);
    bool opens = true;
    for (auto& letter : sentence) {
        if (letter == u'`') {
            letter = opens ? u'“' : u'”';
            opens = !opens;
        }
    }
    return sentence;
}

void sortBySeverity(std::vector<DifferenceRow>& rows) {
    std::ranges::stable_partition(rows, [](const DifferenceRow& row) { return row.difference.isBreaking; });
    int number = 0;
    for (auto& row : rows) {
        row.number = number++;
    }
}

std::vector<DifferenceRow> verdictRows(const catalog::SchemaVerdict& verdict, const QString& candidate) {
    std::vector<DifferenceRow> rows;
    for (const auto& one : verdict.versions) {
        const auto other = versionWord(one.version);
        const auto who = one.isReader ? DifferencesModel::tr("%1 reads %2").arg(candidate, other)
                                      : DifferencesModel::tr("%1 reads %2").arg(other, candidate);
        for (const auto& difference : one.differences) {
            rows.push_back({who, difference, one.isReader, 0});
        }
        if (!one.failure.empty()) {
            catalog::SchemaDifference failure;
            failure.message = one.failure;
            rows.push_back({who, failure, one.isReader, 0});
        }
    }
    sortBySeverity(rows);
    return rows;
}

DifferencesModel::DifferencesModel(QObject* parent)
    : RowsModel({{QStringLiteral("severity"), tr("Effect"), 96, false, false},
                 {QStringLiteral("who"), tr("Who reads"), 150, false, false},
                 {QStringLiteral("field"), tr("Field"), 130, false, false},
                 {QStringLiteral("message"), tr("What is different, and what would repair it"), 320, false, true}},
                parent) {}

Cell DifferencesModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Severity:
        return one.difference.isBreaking ? cell::state(Tone::Danger, tr("breaks"))
                                         : cell::state(Tone::Ok, tr("readable"));
    case Who:
        return {cell::secondary(one.who)};
    case Field:
        return {cell::mono(text(one.difference.field.empty() ? one.difference.path : one.difference.field))};
    case Message: {
        Cell parts{cell::text(sentenceOf(one.difference.message))};
        if (!one.difference.repair.empty()) {
            parts << cell::sub(sentenceOf(one.difference.repair));
        }
        return parts;
    }
    default:
        return {};
    }
}

QVariant DifferencesModel::sortKey(int row, int column) const {
    return column == Severity ? QVariant(at(row).number) : QVariant(plain(row, column));
}

} // namespace meshbone::ui
