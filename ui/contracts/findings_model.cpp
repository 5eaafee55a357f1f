// SPDX-License-Identifier: Apache-2.0
#include "contracts/findings_model.h"

#include "schemas/differences_model.h"
#include "widgets/format.h"

namespace meshbone::ui {

namespace {

QString lineText(const ContractRow& row) {
    if (row.at.line <= 0) {
        return row.lineBefore <= 0 ? QString() : ContractFindingsModel::tr("was %1").arg(row.lineBefore);
    }
    return row.at.column <= 0 ? QString::number(row.at.line)
                              : QStringLiteral("%1:%2").arg(row.at.line).arg(row.at.column);
}

} // namespace

std::vector<ContractRow> problemRows(std::span<const catalog::FileProblem> problems) {
    std::vector<ContractRow> rows;
    for (const auto& problem : problems) {
        ContractRow row;
        row.effect = ContractRow::Effect::Wrong;
        row.sentence = sentenceOf(problem.sentence);
        row.at = problem.at;
        row.number = static_cast<int>(rows.size());
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<ContractRow> findingRows(std::span<const catalog::ContractFinding> findings, const QString& of) {
    std::vector<ContractRow> rows;
    for (const auto& finding : findings) {
        ContractRow row;
        row.effect = finding.isBreaking ? ContractRow::Effect::Breaks : ContractRow::Effect::Told;
        row.of = of;
        row.path = text(finding.path);
        row.sentence = text(finding.sentence);
        row.at = finding.after;
        row.lineBefore = finding.before.line;
        rows.push_back(std::move(row));
    }
    return rows;
}

void sortByEffect(std::vector<ContractRow>& rows) {
    std::ranges::stable_sort(rows, {}, &ContractRow::effect);
    int number = 0;
    for (auto& row : rows) {
        row.number = number++;
    }
}

ContractFindingsModel::ContractFindingsModel(QObject* parent)
    : RowsModel({{QStringLiteral("effect"), tr("Effect"), 96, false, false},
                 {QStringLiteral("what"), tr("What was found"), 320, false, true},
                 {QStringLiteral("line"), tr("Line"), 72, true, false},
                 {QStringLiteral("path"), tr("Where"), 160, false, false},
                 {QStringLiteral("of"), tr("Of"), 160, false, false}},
                parent) {}

Cell ContractFindingsModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Effect:
        return one.effect == ContractRow::Effect::Wrong    ? cell::state(Tone::Danger, tr("wrong"))
               : one.effect == ContractRow::Effect::Breaks ? cell::state(Tone::Danger, tr("breaks"))
                                                           : cell::state(Tone::Neutral, tr("no harm"));
    case What: {
        Cell parts{cell::text(one.sentence)};
        const auto where = one.of.isEmpty() || one.path.isEmpty() ? one.of + one.path : one.of + u' ' + one.path;
        if (!where.isEmpty()) {
            parts << cell::sub(where);
        }
        return parts;
    }
    case Line:
        return {cell::mono(lineText(one), Token::Text2)};
    case Path:
        return {cell::mono(one.path)};
    case Of:
        return {cell::text(one.of)};
    default:
        return {};
    }
}

QVariant ContractFindingsModel::sortKey(int row, int column) const {
    const auto& one = at(row);
    return column == Effect ? QVariant(one.number)
           : column == Line ? QVariant(one.at.line > 0 ? one.at.line : one.lineBefore)
                            : QVariant(plain(row, column));
}

QString ContractFindingsModel::copyText(int row, int column) const {
    return column == What ? at(row).sentence : plain(row, column);
}

} // namespace meshbone::ui
