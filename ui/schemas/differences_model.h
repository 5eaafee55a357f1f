// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <catalog/registry.h>

namespace meshbone::ui {

/// A difference, with who reads whose data.
struct DifferenceRow {
    QString who; ///< "v3 reads v2"
    catalog::SchemaDifference difference;
    bool isOfReader = true; ///< the newer one reads: its text is the reader's
    int number = 0;         ///< its place in the list
};
/// A sentence of the rules with names in the quotes that people use.
QString sentenceOf(const std::string& message);
/// Those that break first, each direction in the order of the text.
void sortBySeverity(std::vector<DifferenceRow>& rows);
/// What a verdict holds against a schema, each with the version that it was compared with.
std::vector<DifferenceRow> verdictRows(const catalog::SchemaVerdict& verdict, const QString& candidate);

class DifferencesModel : public RowsModel<DifferenceRow> {
    Q_OBJECT
public:
    enum At : int { Severity, Who, Field, Message };
    explicit DifferencesModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const DifferenceRow& row) const override { return QString::number(row.number); }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
};

} // namespace meshbone::ui
