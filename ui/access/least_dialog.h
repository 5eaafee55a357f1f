// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/least_model.h"
#include "shell/page.h"
#include "widgets/dialog.h"

#include <memory>
#include <vector>

class QStackedWidget;

namespace meshbone::ui {

class EvidenceChoice;
class Label;
class ListPanel;
class MessageBar;
class PeriodField;
class Tabs;

/// "Least Privilege": the least that would have let through all that was seen, as cuts to be taken or left, what each
/// of them removes, what a prefix would newly open, and what is left alone. What is taken is shown as a plan and
/// applied as one, or saved as access code. Computes in jobs; nothing is changed before a plan is applied.
class LeastDialog : public Dialog {
    Q_OBJECT
public:
    LeastDialog(PageContext& context, QWidget* parent);
    [[nodiscard]] bool isSettled() const;

private:
    void buildHead();
    void buildLists();
    ListPanel* buildCuts();
    ListPanel* buildLeftAlone();
    void buildFoot();
    void load();
    void compute();
    struct Computed {
        LeastAnswerPtr answer;
        std::vector<LeastRow> rows;
        std::shared_ptr<std::vector<AnswerRow>> leftAlone;
        bool byLog = false; ///< its evidence comes from files
    };
    void showAnswer(Computed computed);
    void showLeftAlone();
    void showNothing(Tone tone, const QString& sentence, const QString& detail);
    void countTaken();
    void toggle(const QList<int>& rows);
    void takeAll(bool taken);
    void plan();
    /// A plan and what it was made of.
    struct Planned {
        LeastAnswerPtr answer;
        LeastCutsPtr chosen;
        bool byLog = false;
        std::shared_ptr<const LeastPlanned> plan;
    };
    void planned(const Planned& planned);
    void save();

    PageContext& m_context;
    bool m_isByLog = false; ///< the answer
    PeriodField* m_period = nullptr;
    EvidenceChoice* m_evidence = nullptr;
    Label* m_coverage = nullptr;
    MessageBar* m_verdict = nullptr;
    MessageBar* m_outcome = nullptr;
    Tabs* m_tabs = nullptr;
    QStackedWidget* m_stack = nullptr;
    LeastModel* m_model = nullptr;
    ListPanel* m_cuts = nullptr;
    AnswerModel* m_leftAlone = nullptr;
    std::shared_ptr<std::vector<AnswerRow>> m_leftRows; ///< not shown yet
    static constexpr int kLeftAloneTab = 1;
    Label* m_count = nullptr;
    Button* m_save = nullptr;
    Button* m_plan = nullptr;
};

/// Registers "access.least", which works everywhere.
void installLeast(PageContext& context);

} // namespace meshbone::ui
