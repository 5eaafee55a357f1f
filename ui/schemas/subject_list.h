// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/subject_search.h"
#include "shell/page.h"
#include "widgets/panel.h"

class QStackedLayout;

namespace meshbone::ui {

class EmptyView;
class FilterLine;
class LoadingView;
class TableView;

/// The subjects of the registry with a line to search names, fields, types, docs, tags and owners: what it finds in a
/// subject stands below it. GUI thread; the search runs in a job.
class SubjectList : public Ground {
    Q_OBJECT
public:
    explicit SubjectList(PageContext& context, QWidget* parent = nullptr);
    /// Makes the rows from what is at hand now.
    void update();
    /// Makes a subject current without telling chosen().
    void select(const QString& subject);
    [[nodiscard]] QString current() const;
    [[nodiscard]] QString first() const; ///< the first subject that is shown; empty: none
    [[nodiscard]] std::string topicOf(const std::string& subject) const { return topics().topicOf(subject); }
    [[nodiscard]] bool has(const QString& subject) const;
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }
    void focusFilter();
    void setShowDeleted(bool shown);
    [[nodiscard]] bool showsDeleted() const { return m_showDeleted; }

signals:
    void chosen(const QString& subject, const QString& field, int version);

private:
    void buildTop();
    void buildTable();
    void search(const QString& words);
    void showRows();
    void fitRows();
    void updateState();
    void tellCurrent();
    [[nodiscard]] TopicNames topics() const;

    PageContext& m_context;
    SubjectsModel m_model;
    FilterLine* m_filter = nullptr;
    Label* m_counts = nullptr;
    Button* m_deleted = nullptr;
    TableView* m_table = nullptr;
    QStackedLayout* m_stack = nullptr;
    EmptyView* m_empty = nullptr;
    EmptyView* m_noMatch = nullptr;
    LoadingView* m_loading = nullptr;
    QString m_words;
    std::optional<FoundSchemas> m_found;
    catalog::SchemaBookPtr m_searched; ///< the book that m_found is of
    bool m_showDeleted = false, m_isFilling = false;
};

} // namespace meshbone::ui
