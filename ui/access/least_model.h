// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/least_answer.h"

namespace meshbone::ui {

/// The cuts of least privilege, each taken into the plan or left. GUI thread.
class LeastModel : public RowsModel<LeastRow> {
    Q_OBJECT
public:
    enum ColumnAt : int { Taken, Principal, Grants, Has, Enough, Removes, Opens, Used };
    explicit LeastModel(QObject* parent = nullptr);
    /// The rows are of the answer; null: there are none. What was left stays so, also where it isn't a cut for a while.
    void setAnswer(LeastAnswerPtr answer, std::vector<LeastRow> rows);
    [[nodiscard]] const LeastAnswerPtr& answer() const { return m_answer; }

    /// Takes these rows, or leaves them.
    void take(const QList<int>& rows, bool taken);
    [[nodiscard]] bool isTaken(int row) const { return !m_left[static_cast<std::size_t>(row)]; }
    [[nodiscard]] std::size_t taken() const { return m_taken; }
    [[nodiscard]] std::vector<bool> left() const; ///< by the answer's cuts
    [[nodiscard]] LeastCuts chosen() const;

    [[nodiscard]] QString key(const LeastRow& row) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString plain(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

signals:
    void takenChanged();

private:
    [[nodiscard]] const catalog::LeastCut& cutAt(int row) const { return m_answer->cuts[at(row).cut]; }
    LeastAnswerPtr m_answer;
    LeastCuts m_everLeft;
    std::vector<bool> m_left; ///< by row
    std::size_t m_taken = 0;
};

} // namespace meshbone::ui
