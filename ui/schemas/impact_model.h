// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/navigator.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

/// Something that meets a field of a schema, here or downstream.
struct ImpactRow {
    enum class Kind : quint8 { Topic, Schema, Product, Consumer };
    Kind kind = Kind::Topic;
    QString name, title; ///< its id, and how it is called
    QString topic;       ///< where it meets the field
    QStringList fields;  ///< of the schema that was asked about; empty: the whole of it
    QString how;         ///< how it is known, a sentence
    Tone tone = Tone::Neutral;
    QString domain;
    TimestampMs lastMs = -1; ///< when it was seen last
    Place place;             ///< where it is shown
    int number = 0;          ///< its place in the list
};

class ImpactModel : public RowsModel<ImpactRow> {
    Q_OBJECT
public:
    enum At : int { Name, Kind, Topic, Fields, How, Seen };
    explicit ImpactModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const ImpactRow& row) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
