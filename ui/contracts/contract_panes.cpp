// SPDX-License-Identifier: Apache-2.0
#include "contracts/contract_panes.h"

#include "schemas/code_view.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kTwoLineRow = 46; ///< the sentence, and below it where
constexpr int kGap = 8;
constexpr int kHalf = 500; ///< both sides are given the same, whatever it is
} // namespace

ContractPanes::ContractPanes(const QString& name, QWidget* parent)
    : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    auto* left = new QWidget(splitter);
    m_column = new QVBoxLayout(left);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(kGap);
    m_verdict = new MessageBar(left);
    m_verdict->setObjectName(name + QStringLiteral("Verdict"));
    m_column->addWidget(m_verdict);
    m_code = new CodeView(tr("Text of the contract"), left);
    m_code->setObjectName(name + QStringLiteral("Text"));
    m_code->setReadOnly(true);
    m_column->addWidget(m_code, 1);
    m_list = new ListPanel(name, splitter);
    m_list->setSource(&m_model);
    m_list->table()->setRowHeight(kTwoLineRow);
    m_list->table()->setAccessibleName(tr("What was found in the contract"));
    m_list->table()->setColumnHidden(ContractFindingsModel::Path, true);
    m_list->table()->setColumnHidden(ContractFindingsModel::Of, true);
    m_list->filterLine()->setHint(tr("Filter findings…"), QStringLiteral("filter"), {}); // "/" is the page's
    m_list->emptyView()->setMessage(QStringLiteral("contract"), tr("Nothing was found"),
                                    tr("What is wrong, or changes, would stand here."));
    m_list->hide();
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({kHalf, kHalf});
    layout->addWidget(splitter, 1);
    setMargin(0);
    connect(m_list, &ListPanel::currentChanged, this, &ContractPanes::showPlace);
}

void ContractPanes::setMargin(int px) {
    layout()->setContentsMargins(px, 0, px, px == 0 ? 0 : 12);
}

void ContractPanes::setText(const QString& text) {
    const bool isThere = text == m_shown || text == m_code->toPlainText();
    m_shown = text;
    if (!isThere) {
        m_code->setPlainText(text);
    }
}

void ContractPanes::say(const ContractVerdict& verdict) {
    if (verdict.sentence.isEmpty()) {
        m_verdict->hide();
    } else {
        m_verdict->say(verdict.tone, verdict.sentence, verdict.detail);
    }
}

void ContractPanes::setRows(std::vector<ContractRow> rows) {
    m_list->setVisible(!rows.empty());
    m_column->setContentsMargins(0, 0, rows.empty() ? 0 : kGap, 0);
    m_model.setRows(std::move(rows));
    markPlace(m_list->currentSourceRow());
}

void ContractPanes::markPlace(int row) {
    if (row < 0) {
        m_code->markLine(0, Tone::Neutral);
        return;
    }
    const auto& one = m_model.at(row);
    m_code->markLine(one.at.line, one.effect == ContractRow::Effect::Told ? Tone::Accent : Tone::Danger);
}

void ContractPanes::showPlace(int row) {
    markPlace(row);
    if (row >= 0) {
        const auto& at = m_model.at(row).at;
        m_code->goTo({at.line, at.column});
    }
}

} // namespace meshbone::ui
