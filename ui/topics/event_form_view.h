// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topics/event_form_model.h"

#include <QWidget>

class QTreeView;

namespace meshbone::ui {

class Button;

/// The form of an event: a row for each place, filled in where it stands; what isn't set yet is set, lists and maps get
/// their items by the buttons below it (Insert and Delete). GUI thread; knows no service.
class EventFormView : public QWidget {
    Q_OBJECT
public:
    explicit EventFormView(QWidget* parent = nullptr);
    [[nodiscard]] EventFormModel& model() { return m_model; }
    [[nodiscard]] QTreeView* tree() const { return m_tree; }

private:
    void buildButtons();
    void expand();
    void updateButtons();
    void add();
    void remove();
    [[nodiscard]] QModelIndex current() const;
    /// Rows from the top, to find a place again when the rows are made anew.
    [[nodiscard]] QList<int> place() const;
    void goTo(const QList<int>& place);

    EventFormModel m_model;
    QTreeView* m_tree = nullptr;
    Button* m_add = nullptr;
    Button* m_remove = nullptr;
    QList<int> m_place;
};

} // namespace meshbone::ui
