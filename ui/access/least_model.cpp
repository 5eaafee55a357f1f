// SPDX-License-Identifier: Apache-2.0
#include "access/least_model.h"

#include "access/access_words.h"
#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

LeastModel::LeastModel(QObject* parent)
    : RowsModel({{QStringLiteral("plan"), tr("Plan"), 76, false, false},
                 {QStringLiteral("principal"), tr("Principal"), 130, false, false},
                 {QStringLiteral("grants"), tr("Grant"), 130, false, false},
                 {QStringLiteral("has"), tr("What it has"), 210, false, true},
                 {QStringLiteral("enough"), tr("Would be enough"), 170, false, false},
                 {QStringLiteral("removes"), tr("The cut removes"), 210, false, false},
                 {QStringLiteral("opens"), tr("Newly opens"), 130, false, false},
                 {QStringLiteral("used"), tr("Last used"), 100, false, false}},
                parent) {}

void LeastModel::setAnswer(LeastAnswerPtr answer, std::vector<LeastRow> rows) {
    setRows({}); // those of the answer before
    m_answer = std::move(answer);
    m_left.clear();
    for (const auto& row : rows) {
        m_left.push_back(m_everLeft.contains(m_answer->cuts[row.cut].binding));
    }
    m_taken = static_cast<std::size_t>(std::ranges::count(m_left, false));
    setRows(std::move(rows));
    emit takenChanged();
}

void LeastModel::take(const QList<int>& rows, bool taken) {
    for (const int row : rows) {
        m_taken += taken && !isTaken(row) ? 1 : 0;
        m_taken -= !taken && isTaken(row) ? 1 : 0;
        m_left[static_cast<std::size_t>(row)] = !taken;
        if (taken) {
            m_everLeft.erase(cutAt(row).binding);
        } else {
            m_everLeft.insert(cutAt(row).binding);
        }
    }
    if (!rows.isEmpty()) {
        const auto [first, last] = std::ranges::minmax(rows);
        emit dataChanged(index(first, Taken), index(last, Taken));
        emit takenChanged();
    }
}

std::vector<bool> LeastModel::left() const {
    std::vector<bool> left(m_answer ? m_answer->cuts.size() : 0);
    for (int row = 0; row < rowCount(); ++row) {
        left[at(row).cut] = !isTaken(row);
    }
    return left;
}

LeastCuts LeastModel::chosen() const {
    return m_answer ? chosenCuts(*m_answer, left()) : LeastCuts();
}

QString LeastModel::key(const LeastRow& row) const {
    return QString::number(row.cut);
}

Cell LeastModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Taken:
        return isTaken(row) ? cell::state(Tone::Accent, tr("taken"), QStringLiteral("tick"))
                            : Cell{cell::secondary(tr("left"))};
    case Principal:
        return {cell::mono(plain(row, column))};
    case Has:
        return {cell::mono(one.has)};
    case Enough:
    case Opens:
        return {cell::mono(plain(row, column))};
    case Removes:
        return {cell::text(one.removes)};
    default:
        return {cell::secondary(plain(row, column))};
    }
}

QString LeastModel::plain(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Taken:
        return isTaken(row) ? tr("taken") : tr("left");
    case Principal:
        return shortPrincipal(cutAt(row).binding.principal);
    case Grants:
        return one.grants;
    case Has:
        return one.has;
    case Enough:
        return one.enough;
    case Removes:
        return one.removes;
    case Opens:
        return one.opens;
    case Used:
        return one.used;
    default:
        return {};
    }
}

QVariant LeastModel::sortKey(int row, int column) const {
    return column == Used ? QVariant(static_cast<qint64>(cutAt(row).use.lastMs)) : QVariant(plain(row, column));
}

QString LeastModel::copyText(int row, int column) const {
    const auto cut = at(row).cut;
    switch (column) {
    case Principal:
        return text(cutAt(row).binding.principal);
    case Enough:
        return enoughExactly(*m_answer, cut);
    case Removes:
        return removesExactly(*m_answer, cut);
    case Opens:
        return opensExactly(*m_answer, cut);
    case Used:
        return cutAt(row).use.isUsed() ? isoTime(cutAt(row).use.lastMs) : plain(row, column);
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
