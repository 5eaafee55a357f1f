// SPDX-License-Identifier: Apache-2.0
#include "schemas/reference_lines.h"

#include "widgets/format.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::size_t kMostReferences = 500;

QString tr(const char* text) {
    return QCoreApplication::translate("Schemas", text);
}

std::unexpected<Error> notRead(const QString& sentence) {
    return fail(ErrorCode::InvalidArgument, sentence.toStdString());
}

constexpr int kLatest = -1; // as the registry has it
const QString kLatestWord = QStringLiteral("latest");

QString lineOf(const catalog::SchemaReference& one) {
    return QStringLiteral("%1 %2 %3")
        .arg(text(one.name), text(one.subject), one.version == kLatest ? kLatestWord : QString::number(one.version));
}

std::optional<catalog::SchemaReference> referenceIn(const QString& line) {
    static const QRegularExpression kParts(QStringLiteral("^(\\S+)\\s+(\\S.*?)\\s+(?:v?(\\d+)|latest)$"));
    const auto parts = kParts.match(line);
    const bool isLatest = parts.hasMatch() && parts.captured(3).isEmpty();
    const int version = isLatest ? kLatest : parts.captured(3).toInt(); // 0 where it is beyond what an int holds
    if (version < 1 && !isLatest) {
        return std::nullopt;
    }
    return catalog::SchemaReference{parts.captured(1).toStdString(), parts.captured(2).toStdString(), version};
}

} // namespace

QString referenceLines(const std::vector<catalog::SchemaReference>& references) {
    QStringList lines;
    for (const auto& one : references) {
        lines << lineOf(one);
    }
    return lines.join(u'\n');
}

Result<std::vector<catalog::SchemaReference>> readReferenceLines(const QString& lines,
                                                                 std::span<const catalog::SchemaReference> base) {
    std::vector<catalog::SchemaReference> references;
    const auto all = lines.split(u'\n');
    for (qsizetype i = 0; i < all.size(); ++i) {
        const auto line = all.at(i).trimmed();
        if (line.isEmpty()) {
            continue;
        }
        const auto as = std::ranges::find(base, line, &lineOf);
        auto one = as != base.end() ? std::optional(*as) : referenceIn(line);
        if (!one) {
            return notRead(tr("Line %1 of the references must be a name, a subject and a version.").arg(i + 1));
        }
        if (std::ranges::find(references, one->name, &catalog::SchemaReference::name) != references.end()) {
            return notRead(tr("Line %1 of the references names “%2” once more.").arg(i + 1).arg(text(one->name)));
        }
        if (references.size() == kMostReferences) {
            return notRead(tr("A schema has at most %1 references.").arg(kMostReferences));
        }
        references.push_back(std::move(*one));
    }
    return references;
}

} // namespace meshbone::ui
