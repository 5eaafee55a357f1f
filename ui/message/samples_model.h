// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <backbone/record.h>

namespace meshbone::ui {

/// A record of which something is said.
struct RecordNote {
    TopicPartition at;
    Offset offset = kNoOffset;
    TimestampMs timestampMs = -1;
    QString why; ///< a sentence
};

/// Records with what is said of them, in the order in which they were found.
class SamplesModel : public RowsModel<RecordNote> {
    Q_OBJECT
public:
    enum At : int { Place, Time, Why };
    explicit SamplesModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const RecordNote& row) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
