// SPDX-License-Identifier: Apache-2.0
#include "access/drift_model.h"

#include "access/drift_words.h"
#include "widgets/format.h"

#include <algorithm>
#include <map>

namespace meshbone::ui {

namespace {

enum ColumnAt : int { Who, What, Evidence, Proposed, Kind };

DriftRow heading(catalog::DriftKind kind, std::size_t count) {
    DriftRow row;
    row.kind = kind;
    row.key = QStringLiteral("heading ") + QString::fromUtf8(catalog::driftName(kind).data());
    row.who = {cell::icon(driftIcon(kind), toneInk(driftTone(kind))), cell::strong(driftTitle(kind))};
    row.what = {cell::secondary(driftSentence(kind))};
    row.proposed = {cell::strong(formatCount(static_cast<qint64>(count)))};
    return row;
}

} // namespace

DriftModel::DriftModel(QObject* parent)
    : RowsModel({{QStringLiteral("principal"), tr("Finding, principal"), 190, false, false},
                 {QStringLiteral("binding"), tr("Binding on the backbone"), 320, false, true},
                 {QStringLiteral("evidence"), tr("Evidence"), 200, false, false},
                 {QStringLiteral("proposed"), tr("Proposed"), 96, true, false},
                 {QStringLiteral("kind"), tr("Kind"), 110, false, false}},
                parent) {}

void DriftModel::setLook(DriftLookPtr look, const DriftChoices& choices) {
    m_look = std::move(look);
    m_choices = choices;
    rebuild();
}

void DriftModel::setChoices(const DriftChoices& choices) {
    m_choices = choices;
    rebuild();
}

void DriftModel::setFilter(const QString& text) {
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    rebuild();
}

void DriftModel::setKind(std::optional<catalog::DriftKind> kind) {
    m_kind = kind;
    rebuild();
}

DriftRow DriftModel::findingRow(std::size_t at) const {
    const auto& finding = m_look->findings[at];
    DriftRow row;
    row.kind = finding.kind;
    row.finding = at;
    row.key = findingKey(finding);
    row.sortWho = whoWords(finding);
    row.who = {cell::mono(row.sortWho)};
    row.what = {cell::mono(finding.principals.empty()
                               ? bindingWords(finding.binding)
                               : QString::fromUtf8(name(finding.binding.resourceKind).data()).toLower() + u' ' +
                                     resourceWords(finding.binding))};
    row.evidence = {cell::text(evidenceWords(finding, m_look->uses[at], *m_look))};
    const auto acts = catalog::actsOn(finding, m_look->survey);
    if (const auto* choice = m_choices.of(finding)) {
        row.proposed = {cell::text(actTitle(choice->act), Token::AccentText)};
    } else if (catalog::isMendedByItself(finding.kind)) {
        row.proposed = {cell::text(actTitle(acts.front()), Token::AccentText)};
    } else if (!acts.empty()) {
        row.proposed = {cell::text(tr("%1?").arg(actTitle(acts.front()).remove(u'…')), Token::Text3)};
    } else {
        row.proposed = {cell::text(tr("look"), Token::Text3)};
    }
    return row;
}

bool DriftModel::passes(const DriftRow& row) const {
    if (m_kind && row.kind != *m_kind) {
        return false;
    }
    const auto all = driftTitle(row.kind) + u' ' + row.sortWho + u' ' + plainText(row.what) + u' ' +
                     plainText(row.evidence) + u' ' + plainText(row.proposed);
    return std::ranges::all_of(m_words, [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

void DriftModel::rebuild() {
    std::map<int, std::vector<DriftRow>> byKind;
    m_shown = 0;
    for (std::size_t i = 0; m_look && i < m_look->findings.size(); ++i) {
        auto row = findingRow(i);
        if (passes(row)) {
            ++m_shown;
            byKind[driftRank(row.kind)].push_back(std::move(row));
        }
    }
    std::vector<DriftRow> rows;
    for (auto& [rank, ofKind] : byKind) {
        std::ranges::stable_sort(ofKind, {}, &DriftRow::sortWho);
        rows.push_back(heading(ofKind.front().kind, ofKind.size()));
        std::ranges::move(ofKind, std::back_inserter(rows));
    }
    setRows(std::move(rows));
    emit rowsChanged();
}

std::optional<std::size_t> DriftModel::findingAt(int row) const {
    return row >= 0 && row < rowCount() ? at(row).finding : std::nullopt;
}

int DriftModel::rowOfFinding(const QString& key) const {
    return rowOf(key);
}

Cell DriftModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Who:
        return one.who;
    case What:
        return one.what;
    case Evidence:
        return one.evidence;
    case Proposed:
        return one.proposed;
    case Kind:
        return {cell::secondary(QString::fromUtf8(catalog::driftName(one.kind).data()))};
    default:
        return {};
    }
}

QString DriftModel::copyText(int row, int column) const {
    const auto finding = findingAt(row);
    if (!finding) {
        return plain(row, column);
    }
    const auto& found = m_look->findings[*finding];
    switch (column) {
    case Who:
        return text(found.binding.principal);
    case What:
        return text(describe(found.binding));
    default:
        return plain(row, column);
    }
}

QVariant DriftModel::data(const QModelIndex& index, int role) const {
    const bool isRow = checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid);
    if (!isRow) {
        return {};
    }
    if (role == GroundRole && !findingAt(index.row())) {
        return static_cast<int>(Token::Sunken);
    }
    if (role == Qt::ToolTipRole) {
        if (const auto finding = findingAt(index.row()); finding && index.column() == What) {
            return text(describe(m_look->findings[*finding].binding));
        }
    }
    return RowsModel::data(index, role);
}

Qt::ItemFlags DriftModel::flags(const QModelIndex& index) const {
    const bool isHeading = index.isValid() && !findingAt(index.row());
    return isHeading ? Qt::ItemIsEnabled | Qt::ItemNeverHasChildren : RowsModel::flags(index);
}

} // namespace meshbone::ui
