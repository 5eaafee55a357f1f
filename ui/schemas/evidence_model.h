// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message/samples_model.h"
#include "schemas/evidence_run.h"

namespace meshbone::ui {

/// What came of a part of the events.
struct EvidenceRow {
    enum class Outcome : quint8 { Fails, Passes, Silent };
    Outcome outcome = Outcome::Silent;
    QString who; ///< the new reader, or the new writer; empty: of both
    qint64 events = 0;
    QString what; ///< a sentence
    std::vector<RecordNote> samples;
    int number = 0; ///< its place in the list
};

/// All events of a run, each of them once as read and once as written; what fails first, most of it first.
std::vector<EvidenceRow> evidenceRows(const catalog::SchemaEvidenceReport& report);

/// The verdict of the events in a sentence, and what it covers in another.
struct EvidenceVerdict {
    Tone tone = Tone::Neutral;
    QString sentence, coverage;
};
EvidenceVerdict evidenceVerdict(const EvidenceFound& found, const EvidenceWindow& window);

class EvidenceModel : public RowsModel<EvidenceRow> {
    Q_OBJECT
public:
    enum At : int { Outcome, Events, Who, What };
    explicit EvidenceModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const EvidenceRow& row) const override { return row.who + u'\n' + row.what; }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
