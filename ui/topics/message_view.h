// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topics/json_tree_model.h"
#include "widgets/panel.h"

#include <backbone/record.h>

#include <QHash>

class QPlainTextEdit;
class QStackedWidget;
class QTreeView;

namespace meshbone::ui {

class Label;
class PropertyList;
class Segmented;

/// One message: its value as tree, JSON, text or hex, its key and headers. Each opens in the form that shows it best,
/// until a person chooses a form: that is then kept for the topic, for the messages that it can show. GUI thread.
class MessageView : public Ground {
    Q_OBJECT
public:
    explicit MessageView(QWidget* parent = nullptr);
    void setRecord(const Record& record);

signals:
    void closeAsked();

private:
    void buildHeader();
    void showValue();
    [[nodiscard]] int formFor(const Record& record) const;
    void copyMessage() const;
    Record m_record;
    Label* m_title = nullptr;
    Label* m_where = nullptr;
    Segmented* m_form = nullptr;
    QHash<QString, int> m_chosen; ///< form by topic, where a person chose one
    QStackedWidget* m_stack = nullptr;
    QTreeView* m_tree = nullptr;
    QPlainTextEdit* m_text = nullptr;
    JsonTreeModel m_model;
    PropertyList* m_facts = nullptr;
    PropertyList* m_headers = nullptr;
    Label* m_headerCount = nullptr;
};

} // namespace meshbone::ui
