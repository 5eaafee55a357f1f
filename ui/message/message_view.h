// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message/json_tree_model.h"
#include "widgets/panel.h"

#include <backbone/record.h>
#include <catalog/schema_book.h>

#include <QHash>

class QPlainTextEdit;
class QStackedWidget;
class QTreeView;

namespace meshbone::ui {

class Label;
class MessageBar;
class PropertyList;
class Segmented;

/// One message: its value as tree, JSON, text or hex, its key and headers. Tree and JSON show what its schema makes of
/// it, text and hex its bytes; why it can't be decoded stands above them. Each opens in the form that shows it best,
/// until a person chooses a form: that is then kept for the topic, for the messages that it can show. GUI thread.
class MessageView : public Ground {
    Q_OBJECT
public:
    explicit MessageView(QWidget* parent = nullptr);
    void setRecord(const Record& record);
    /// What decodes; the message that is shown is decoded anew. `problem`: why there is no book, or none that is new.
    void setBook(catalog::SchemaBookPtr book, const QString& problem = {});

signals:
    void closeAsked();

private:
    void buildHeader();
    void decode();
    void showValue();
    void showFacts();
    [[nodiscard]] int bestForm() const;
    [[nodiscard]] int formForRecord() const;
    void copyMessage() const;
    Record m_record;
    catalog::SchemaBookPtr m_book; ///< null: nothing is decoded
    QString m_bookProblem;
    catalog::DecodedPart m_key, m_value;
    std::optional<Bytes> m_readable; ///< the value as JSON, where it could be decoded, else as it is
    MessageBar* m_trouble = nullptr;
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
