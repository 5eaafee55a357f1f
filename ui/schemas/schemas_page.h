// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

class QSplitter;
class QStackedWidget;

namespace meshbone::ui {

class EmptyView;
class SchemaDetail;
class SchemaVerbs;
class SubjectList;

/// The page Schemas: the subjects at the left with the search over all of their fields, one subject at the right.
class SchemasPage : public Page {
    Q_OBJECT
public:
    explicit SchemasPage(PageContext& context);
    [[nodiscard]] bool isSettled() const override;
    void showSelection(const Selection& selection) override;
    void entered() override;
    void focusFilter() override;

private:
    void update();
    void updateEmptyView();
    void updateProblem();
    void openSubject(const QString& subject, const QString& field = {}, int version = 0);
    void openFirst();
    [[nodiscard]] QString current() const;

    SchemaVerbs* m_verbs = nullptr;
    SubjectList* m_list = nullptr;
    SchemaDetail* m_detail = nullptr;
    EmptyView* m_nothing = nullptr;
    QSplitter* m_splitter = nullptr;
    QStackedWidget* m_right = nullptr;
    QString m_wanted; ///< a subject that isn't at hand yet
    bool m_saysProblem = false;
};

} // namespace meshbone::ui
