// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <catalog/contract.h>

#include <span>

namespace meshbone::ui {

/// Something that was found in a contract: what is wrong with its text, what it changes, or what isn't kept of it.
struct ContractRow {
    enum class Effect : quint8 {
        Wrong,  ///< the text isn't as the standard wants it
        Breaks, ///< hurts whoever relies on the contract
        Told,   ///< hurts nobody
    };
    Effect effect = Effect::Told;
    QString of;   ///< the topic or product that it is about; empty: there is only one
    QString path; ///< "Quake.magnitude"; empty where the sentence has it
    QString sentence;
    catalog::FilePlace at; ///< in the text that is shown
    int lineBefore = 0;    ///< where it isn't in that: its line in the one before
    int number = 0;        ///< its place in the list
};
std::vector<ContractRow> problemRows(std::span<const catalog::FileProblem> problems);
std::vector<ContractRow> findingRows(std::span<const catalog::ContractFinding> findings, const QString& of = {});
/// Those that break first, else as they were; numbers them.
void sortByEffect(std::vector<ContractRow>& rows);

/// The columns Path and Of stand in exports; a list hides them, since What says both below the sentence.
class ContractFindingsModel : public RowsModel<ContractRow> {
    Q_OBJECT
public:
    enum At : int { Effect, What, Line, Path, Of };
    explicit ContractFindingsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const ContractRow& row) const override { return QString::number(row.number); }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
