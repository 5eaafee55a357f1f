// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_view.h"
#include "access/drift_watch.h"

class QMenu;

namespace meshbone::ui {

class DriftModel;
class Label;
class ListPanel;
class MessageBar;
class PlanActions;
class PlanPanel;

/// Where the backbone and the ledger differ: the findings by what is wrong, and a plan beside them.
class DriftView : public AccessView {
    Q_OBJECT
public:
    explicit DriftView(PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] bool isSettled() const override;
    void entered() override;
    void left() override;
    void focusFilter() override;
    [[nodiscard]] QStringList headerCommands() const override;

private:
    void registerCommands();
    void buildList();
    void addKindFilter();
    void compareFirst();
    void compared();
    void showCounts();
    void openRow(int row);
    void fillMenu(QMenu& menu);
    void showIgnored();
    [[nodiscard]] QString whyElsewhere() const; ///< another tab is shown; empty: this one is

    DriftWatch& m_watch;
    DriftLookPtr m_look;
    DriftModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    PlanPanel* m_plan = nullptr;
    PlanActions* m_actions = nullptr;
    Label* m_compared = nullptr;
    Label* m_foot = nullptr;
    Button* m_showIgnored = nullptr;
    Button* m_kinds = nullptr;
};

} // namespace meshbone::ui
