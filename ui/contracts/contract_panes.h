// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contracts/contract_words.h"
#include "contracts/findings_model.h"

#include <QWidget>

class QVBoxLayout;

namespace meshbone::ui {

class CodeView;
class ListPanel;
class MessageBar;

/// A contract's text, above it what is to be said of it, beside it what was found. Choosing a finding shows its line.
/// Where nothing was found the text has all the room. GUI thread; knows no service.
class ContractPanes : public QWidget {
    Q_OBJECT
public:
    /// `name` names its parts for settings, tests and files: "topicContract" has "topicContractText", …
    explicit ContractPanes(const QString& name, QWidget* parent = nullptr);
    /// The edge that the parts keep from the sides; 16 on a page, 0 in a dialog.
    void setMargin(int px);
    [[nodiscard]] CodeView* code() const { return m_code; }
    [[nodiscard]] ListPanel* list() const { return m_list; }
    /// Stays where it is scrolled to if it is what stands there.
    void setText(const QString& text);
    void say(const ContractVerdict& verdict); ///< without a sentence: nothing
    void setRows(std::vector<ContractRow> rows);

private:
    void markPlace(int row);
    void showPlace(int row);

    ContractFindingsModel m_model;
    QString m_shown;                 ///< as it was given; the view has other line ends
    QVBoxLayout* m_column = nullptr; ///< the verdict and the text
    MessageBar* m_verdict = nullptr;
    CodeView* m_code = nullptr;
    ListPanel* m_list = nullptr;
};

} // namespace meshbone::ui
