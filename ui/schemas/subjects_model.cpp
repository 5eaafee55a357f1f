// SPDX-License-Identifier: Apache-2.0
#include "schemas/subjects_model.h"

#include "schemas/schema_words.h"
#include "widgets/format.h"

namespace meshbone::ui {

namespace {
constexpr int kFieldIndent = 24; ///< below the subject's name, not its icon

QString aboutSubject(const SubjectRow& row) {
    if (row.isDeleted()) {
        return SubjectsModel::tr("%1, deleted").arg(languageWord(row.type));
    }
    return SubjectsModel::tr("%1, %2 of %3, %4")
        .arg(languageWord(row.type), versionWord(row.latest), SubjectsModel::tr("%n version(s)", nullptr, row.versions),
             row.level);
}

QString aboutField(const SubjectRow& row) {
    // Beside the name it says why it was found, where that isn't to be seen.
    return row.what == u"field" || row.what == u"type"
               ? row.fieldType
               : SubjectsModel::tr("%1, found by its %2").arg(row.fieldType, row.what);
}
} // namespace

SubjectsModel::SubjectsModel(QObject* parent)
    : RowsModel({{QStringLiteral("subject"), tr("Subject"), 300, false, true}}, parent) {}

Cell SubjectsModel::cell(int row, int) const {
    const auto& one = at(row);
    if (one.isField()) {
        return {cell::atLeast(cell::text({}), kFieldIndent - 8), cell::mono(one.field + u':', Token::AccentText),
                cell::secondary(aboutField(one))};
    }
    const auto icon = QStringLiteral("schema");
    Cell parts{one.domain.isEmpty() ? cell::icon(icon) : cell::domainIcon(icon, one.domain),
               one.isDeleted() ? cell::text(one.subject, Token::Text3) : cell::strong(one.subject)};
    if (one.violations > 0) {
        parts << cell::chip(formatCount(one.violations), Tone::Warn);
    }
    return parts << cell::sub(aboutSubject(one));
}

QString SubjectsModel::plain(int row, int) const {
    const auto& one = at(row);
    return one.isField() ? tr("field %1: %2").arg(one.field, aboutField(one))
           : one.violations > 0
               ? tr("%1 %2, %3 events aren't so").arg(one.subject, aboutSubject(one), formatCount(one.violations))
               : QStringLiteral("%1 %2").arg(one.subject, aboutSubject(one));
}

QString SubjectsModel::copyText(int row, int) const {
    const auto& one = at(row);
    return one.isField() ? one.field : one.subject;
}

} // namespace meshbone::ui
