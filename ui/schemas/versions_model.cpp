// SPDX-License-Identifier: Apache-2.0
#include "schemas/versions_model.h"

#include "schemas/schema_words.h"
#include "widgets/format.h"

namespace meshbone::ui {

namespace {

bool isUnused(const catalog::SchemaVersion& version, const UsageAnswer* usage) {
    return usage != nullptr && usage->surelyUnused.contains({version.subject, version.version, version.id.value()});
}

} // namespace

std::vector<VersionRow> versionRows(const SubjectFacts& facts, const UsageAnswer* usage) {
    std::vector<VersionRow> rows;
    const auto* latest = facts.latest();
    for (auto i = facts.versions.size(); i-- > 0;) {
        const auto& one = facts.versions[i];
        rows.push_back({one.version.version, one.version.id.value(), one.version.writtenMs, changeWords(facts, i),
                        compatibilityWord(one), one.version.isDeleted, &one == latest, keepsLevel(one, facts.level),
                        !one.problem.empty(), isUnused(one.version, usage)});
    }
    return rows;
}

VersionsModel::VersionsModel(QObject* parent)
    : RowsModel({{QStringLiteral("version"), tr("Version"), 130, false, false},
                 {QStringLiteral("id"), tr("Id"), 64, true, false},
                 {QStringLiteral("registered"), timeTitle(tr("Registered")), 150, false, false},
                 {QStringLiteral("change"), tr("What changed"), 200, false, true},
                 {QStringLiteral("compatible"), tr("With the one before"), 170, false, false}},
                parent) {}

Cell VersionsModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Version: {
        Cell parts{one.isDeleted ? cell::text(versionWord(one.version), Token::Text3)
                                 : cell::strong(versionWord(one.version))};
        if (one.isDeleted) {
            parts << cell::chip(tr("deleted"));
        } else if (one.isLatest) {
            parts << cell::chip(tr("latest"), Tone::Accent);
        } else if (one.isUnused) {
            parts << cell::chip(tr("unused"), Tone::Warn);
        }
        return parts;
    }
    case Id:
        return {cell::mono(QString::number(one.id))};
    case Written:
        return {one.writtenMs < 0 ? cell::text(tr("not told"), Token::Text3)
                                  : cell::secondary(formatTime(one.writtenMs).left(16))};
    case Change:
        return {cell::text(one.change, one.isBroken ? Token::Danger : Token::Text1)};
    case Compatible:
        if (one.compatibility.isEmpty()) {
            return {};
        }
        return cell::state(one.keepsLevel ? Tone::Ok : Tone::Warn, one.compatibility);
    default:
        return {};
    }
}

} // namespace meshbone::ui
