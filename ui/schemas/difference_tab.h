// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/differences_model.h"
#include "schemas/line_diff.h"
#include "schemas/schema_facts.h"
#include "shell/page.h"

namespace meshbone::ui {

class Choice;
class DiffPanes;
class Label;
class MessageBar;
class TableView;

/// Any two versions of a subject: their texts side by side, and below what it means for who reads whose data, in both
/// directions. Choosing a difference shows its place in the texts. GUI thread; the comparison runs in a job.
class DifferenceTab : public QWidget {
    Q_OBJECT
public:
    explicit DifferenceTab(PageContext& context, QWidget* parent = nullptr);
    /// Compares the version with the one before it.
    void setVersion(SubjectFactsPtr facts, int version);
    void clear();
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

private:
    struct Comparison {
        std::vector<DifferenceRow> rows;
        std::vector<DiffRow> lines;
        QStringList left, right;
        QString problem; ///< why they can't be compared
    };
    void buildChoices();
    void buildList();
    void compare();
    void show(Comparison comparison);
    void showPlace();
    void sayVerdict(Label& label, bool ofReader, const QString& reader, const QString& writer);
    static Comparison compared(const catalog::SchemaBook& book, const VersionFacts& left, const VersionFacts& right,
                               catalog::CompatibilityPolicy policy);

    PageContext& m_context;
    SubjectFactsPtr m_facts;
    DifferencesModel m_model;
    Choice* m_left = nullptr;
    Choice* m_right = nullptr;
    Label* m_counts = nullptr;
    Label* m_backward = nullptr;
    Label* m_forward = nullptr;
    MessageBar* m_problem = nullptr;
    DiffPanes* m_panes = nullptr;
    TableView* m_table = nullptr;
};

} // namespace meshbone::ui
