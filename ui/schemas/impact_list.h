// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/impact_model.h"
#include "shell/page.h"

namespace meshbone::ui {

class Choice;
class Label;
class ListPanel;

/// Who meets fields of a subject's latest version, here and downstream; a double click goes there. GUI thread; the
/// walk over lineage runs in a job.
class ImpactList : public QWidget {
    Q_OBJECT
public:
    /// `name` names the list for settings, tests and files.
    ImpactList(PageContext& context, const QString& name, QWidget* parent = nullptr);
    /// Empty: the whole schema.
    void ask(const QString& subject, const QStringList& fields);
    void clear();
    [[nodiscard]] ListPanel* list() const { return m_list; }
    [[nodiscard]] int consumers() const; ///< of those that are listed
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

signals:
    void answered();

private:
    PageContext& m_context;
    ImpactModel m_model;
    ListPanel* m_list = nullptr;
    Label* m_coverage = nullptr;
};

/// The tab of a schema: who breaks if a field, or all of it, goes. Asks when it is seen.
class ImpactTab : public QWidget {
    Q_OBJECT
public:
    explicit ImpactTab(PageContext& context, QWidget* parent = nullptr);
    /// The fields of the subject's latest version. The chosen one stays where it is still there.
    void setSubject(const QString& subject, const QStringList& fields);
    void chooseField(const QString& field); ///< empty, or one that isn't there: all of it
    [[nodiscard]] bool isSettled() const { return m_list->isSettled(); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void ask();

    QString m_subject;
    bool m_isAsked = false;
    Choice* m_field = nullptr;
    ImpactList* m_list = nullptr;
};

} // namespace meshbone::ui
