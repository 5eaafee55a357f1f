// SPDX-License-Identifier: Apache-2.0
#include "schemas/lost_ids_model.h"

#include "schemas/schema_words.h"
#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

Result<LostIdsFound> findLostIds(backbone::Backbone& backbone, const catalog::SchemaBookPtr& book,
                                 const std::vector<std::string>& topics, const EvidenceWindow& window,
                                 const JobContext& job, std::atomic<std::int64_t>& count) {
    catalog::LostIds lost(book);
    auto account = scanTopics(
        backbone, topics, window, job, [&](const Record& record) { lost.add(record); }, count);
    return account ? Result<LostIdsFound>(LostIdsFound{lost.found(), account->take()})
                   : std::unexpected(account.error());
}

QString fitWords(const catalog::SchemaVersion& version) {
    const auto words = QStringLiteral("%1 %2").arg(text(version.subject), versionWord(version.version));
    return version.isDeleted ? LostIdsModel::tr("%1, deleted").arg(words) : words;
}

LostIdsModel::LostIdsModel(QObject* parent)
    : RowsModel({{QStringLiteral("id"), tr("Id"), 80, true, false},
                 {QStringLiteral("events"), tr("Events"), 90, true, false},
                 {QStringLiteral("topics"), tr("Seen in"), 210, false, false},
                 {QStringLiteral("fits"), tr("Schemas that read all of them"), 200, false, true}},
                parent) {}

Cell LostIdsModel::cell(int row, int column) const {
    constexpr std::size_t kNamed = 3;
    const auto& one = at(row);
    switch (column) {
    case Id:
        return {cell::mono(QString::number(one.id.value()))};
    case Events:
        return {cell::strong(formatCount(one.records))};
    case Topics: {
        QStringList words;
        for (const auto& [topic, records] : one.topics) {
            words << tr("%1 (%2)").arg(text(topic), formatCount(records));
        }
        return {cell::text(words.join(QStringLiteral(", ")))};
    }
    case Fits: {
        QStringList words;
        for (std::size_t i = 0; i < std::min(one.candidates.size(), kNamed); ++i) {
            words << fitWords(one.candidates[i]);
        }
        if (one.candidates.size() > kNamed) {
            words << tr("%n more", nullptr, static_cast<int>(one.candidates.size() - kNamed));
        }
        return {words.isEmpty() ? cell::text(tr("none that is known"), Token::Text3)
                                : cell::secondary(words.join(QStringLiteral("; ")))};
    }
    default:
        return {};
    }
}

QVariant LostIdsModel::sortKey(int row, int column) const {
    const auto& one = at(row);
    return column == Id       ? QVariant(one.id.value())
           : column == Events ? QVariant(static_cast<qint64>(one.records))
                              : QVariant(plain(row, column));
}

} // namespace meshbone::ui
