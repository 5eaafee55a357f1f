// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/fields_model.h"
#include "schemas/schema_facts.h"

#include <QWidget>

#include <functional>

class QMenu;
class QStackedWidget;

namespace meshbone::ui {

class FieldTreeView;
class ListPanel;
class MessageBar;
class Segmented;

/// The fields of a version, as a tree with what is inside what, or as a list that can be sorted, copied and exported.
/// GUI thread.
class FieldsTab : public QWidget {
    Q_OBJECT
public:
    explicit FieldsTab(QWidget* parent = nullptr);
    void setVersion(const VersionFacts* version); ///< null: none
    void setLoading(bool isLoading, const QString& sentence);
    void setContextMenu(const std::function<void(QMenu&)>& fill);
    /// Which of the two is shown; the page places it.
    [[nodiscard]] Segmented* form() const { return m_form; }
    [[nodiscard]] int count() const { return m_model.rowCount(); }
    bool choose(const QString& path);      ///< false: there is no such field
    [[nodiscard]] QString current() const; ///< the path of the field that is chosen; empty: none

signals:
    void activated(); ///< the field that is chosen

private:
    void buildList();

    FieldsModel m_model;
    Segmented* m_form = nullptr;
    MessageBar* m_problem = nullptr;
    QStackedWidget* m_pages = nullptr;
    FieldTreeView* m_tree = nullptr;
    ListPanel* m_list = nullptr;
};

} // namespace meshbone::ui
