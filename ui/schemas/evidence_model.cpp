// SPDX-License-Identifier: Apache-2.0
#include "schemas/evidence_model.h"

#include "schemas/differences_model.h"
#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

using Outcome = EvidenceRow::Outcome;

void addSide(const catalog::EvidenceCounts& counts, const QString& who, const QString& passes,
             std::vector<EvidenceRow>& rows) {
    for (const auto& [cause, found] : counts.causes) {
        EvidenceRow row{Outcome::Fails, who, found.records, sentenceOf(cause), {}, 0};
        for (const auto& sample : found.samples) {
            row.samples.push_back({sample.at, sample.offset, sample.timestampMs, sentenceOf(sample.why)});
        }
        rows.push_back(std::move(row));
    }
    if (counts.passed > 0) {
        rows.push_back({Outcome::Passes, who, counts.passed, passes, {}, 0});
    }
}

QString writersOf(const catalog::SchemaEvidenceReport& report) {
    constexpr int kNamed = 3;
    QStringList words;
    for (const auto& [writer, records] : report.writers) {
        const auto name = text(writer);
        const auto space = name.lastIndexOf(u' ');
        words << EvidenceModel::tr("%1 v%2 (%3)").arg(name.left(space), name.mid(space + 1), formatCount(records));
    }
    const auto more = static_cast<int>(words.size()) - kNamed;
    if (more > 0) {
        words = words.first(kNamed) << EvidenceModel::tr("%n more", nullptr, more);
    }
    return words.isEmpty() ? QString() : EvidenceModel::tr("Written with %1.").arg(words.join(QStringLiteral(", ")));
}

QString coverageOf(const EvidenceFound& found, const EvidenceWindow& window) {
    const auto& report = found.report;
    auto words =
        EvidenceModel::tr("%Ln event(s) of %1", nullptr, static_cast<int>(report.records)).arg(text(window.topic));
    if (report.fromMs >= 0) {
        words += EvidenceModel::tr(", %1 to %2").arg(formatTime(report.fromMs), formatTime(report.toMs));
    }
    words += u'.';
    if (window.newest > 0) {
        words += u' ' + EvidenceModel::tr("They are its newest.");
    } else if (found.isCut) {
        words += u' ' + EvidenceModel::tr("There are more in the period; no more than %1 are looked at.")
                            .arg(formatCount(window.eventsMax));
    } else {
        words += u' ' + EvidenceModel::tr("They are all of the period.");
    }
    const auto writers = writersOf(report);
    return writers.isEmpty() ? words : words + u' ' + writers;
}

} // namespace

std::vector<EvidenceRow> evidenceRows(const catalog::SchemaEvidenceReport& report) {
    std::vector<EvidenceRow> rows;
    addSide(report.asReader, EvidenceModel::tr("consumers"), EvidenceModel::tr("Can be read with the new schema."),
            rows);
    addSide(report.asWriter, EvidenceModel::tr("producers"), EvidenceModel::tr("Could be written with the new schema."),
            rows);
    const auto addSilent = [&](qint64 events, const QString& why) {
        if (events > 0) {
            rows.push_back({Outcome::Silent, {}, events, why, {}, 0});
        }
    };
    addSilent(report.withoutSchema, EvidenceModel::tr("Name no schema that wrote them."));
    addSilent(report.unknownSchema, EvidenceModel::tr("Name a schema that the registry doesn't know."));
    addSilent(report.unreadable, EvidenceModel::tr("Can't be read even with the schema that wrote them."));
    addSilent(report.tombstones, EvidenceModel::tr("Have no value."));
    std::ranges::stable_sort(rows, [](const EvidenceRow& a, const EvidenceRow& b) {
        return a.outcome != b.outcome ? a.outcome < b.outcome : a.events > b.events;
    });
    int number = 0;
    for (auto& row : rows) {
        row.number = number++;
    }
    return rows;
}

EvidenceVerdict evidenceVerdict(const EvidenceFound& found, const EvidenceWindow& window) {
    const auto& report = found.report;
    const auto judged = report.asReader.passed + report.asReader.failed;
    const auto of = [&](std::int64_t failed) {
        return EvidenceModel::tr("%1 of %2").arg(formatCount(failed), formatCount(judged));
    };
    EvidenceVerdict verdict{Tone::Neutral, {}, coverageOf(found, window)};
    if (report.records == 0) {
        verdict.sentence = EvidenceModel::tr("Evidence: there are no events to try it on.");
        verdict.coverage = EvidenceModel::tr("%1 holds none in this period.").arg(text(window.topic));
    } else if (judged == 0) {
        verdict.sentence = EvidenceModel::tr("Evidence: none of the events says with which schema it was written.");
    } else if (report.asReader.failed > 0) {
        verdict.tone = Tone::Danger;
        verdict.sentence =
            EvidenceModel::tr("Evidence: %1 events can't be read with it.").arg(of(report.asReader.failed));
    } else if (report.asWriter.failed > 0) {
        verdict.tone = Tone::Warn;
        verdict.sentence =
            EvidenceModel::tr("Evidence: %1 events couldn't be written with it.").arg(of(report.asWriter.failed));
    } else {
        verdict.tone = Tone::Ok;
        verdict.sentence = EvidenceModel::tr("Evidence: %Ln event(s) (passes|pass), read and written.", nullptr,
                                             static_cast<int>(judged));
    }
    return verdict;
}

EvidenceModel::EvidenceModel(QObject* parent)
    : RowsModel({{QStringLiteral("outcome"), tr("Events"), 90, false, false},
                 {QStringLiteral("events"), tr("How many"), 80, true, false},
                 {QStringLiteral("who"), tr("For"), 90, false, false},
                 {QStringLiteral("what"), tr("Why"), 240, false, true}},
                parent) {}

Cell EvidenceModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Outcome:
        return one.outcome == EvidenceRow::Outcome::Fails    ? cell::state(Tone::Danger, tr("fail"))
               : one.outcome == EvidenceRow::Outcome::Passes ? cell::state(Tone::Ok, tr("pass"))
                                                             : Cell{cell::secondary(tr("say nothing"))};
    case Events:
        return {cell::strong(formatCount(one.events))};
    case Who:
        return {cell::secondary(one.who)};
    case What:
        return {cell::text(one.what)};
    default:
        return {};
    }
}

QVariant EvidenceModel::sortKey(int row, int column) const {
    return column == Outcome  ? QVariant(at(row).number)
           : column == Events ? QVariant(at(row).events)
                              : QVariant(plain(row, column));
}

QString EvidenceModel::copyText(int row, int column) const {
    return column == Events ? QString::number(at(row).events) : plain(row, column);
}

} // namespace meshbone::ui
