// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "topics/event_encoding.h"
#include "widgets/dialog.h"

#include <backbone/record.h>
#include <catalog/event_form.h>
#include <catalog/schema_book.h>

#include <QTimer>

class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;

namespace meshbone::ui {

class Choice;
class EventFormView;
class Label;
class Segmented;

/// Writes one event to a topic: by one of the schemas of its values and, where its keys have some, of its keys, which
/// is checked while a person types, or as it is typed. It begins with an example. The value is filled in as a form or
/// written as text: the text is what is written, and the form changes in it only what is edited. GUI thread; reading,
/// checking and writing are jobs.
class ProduceDialog : public Dialog {
    Q_OBJECT
public:
    ProduceDialog(PageContext& context, QString topic, QWidget* parent = nullptr);

signals:
    void written(const QString& sentence);

private:
    void buildFields();
    QWidget* buildValue();
    void fillSchemas();
    QWidget* buildKey();
    void describeKey();
    void readForm();
    void showForm(bool asForm);
    void fillForm();
    void takeForm();
    void offerExample();
    void check();
    void write();
    void showVerdict(const Result<EventBytes>& bytes);
    /// Nothing: as it is typed.
    [[nodiscard]] std::optional<catalog::SchemaVersion> schema() const;
    [[nodiscard]] std::optional<catalog::SchemaVersion> keySchema() const;
    [[nodiscard]] EventText typedEvent() const;
    /// Everything but key and value; InvalidArgument names a header that can't be read.
    [[nodiscard]] Result<Record> record() const;

    PageContext& m_context;
    QString m_topic;
    catalog::SchemaBookPtr m_book; ///< as it was when the dialog was opened
    std::vector<catalog::SchemaVersion> m_schemas, m_keySchemas;
    QString m_offered; ///< the example, to know whether somebody typed since
    QTimer m_typed;    ///< the value rests
    Choice* m_schema = nullptr;
    Choice* m_keySchema = nullptr; ///< hidden where its keys have none
    QLineEdit* m_key = nullptr;
    catalog::EventFormPtr m_form; ///< of the schema that is chosen; null: there is none, or it isn't made yet
    bool m_isTaking = false;      ///< the text follows the form
    Segmented* m_shape = nullptr;
    Label* m_shapeNote = nullptr; ///< why the form can't be shown
    QStackedWidget* m_stack = nullptr;
    EventFormView* m_formView = nullptr;
    QPlainTextEdit* m_value = nullptr;
    QPlainTextEdit* m_headers = nullptr;
    Label* m_verdict = nullptr;
    Button* m_write = nullptr;
};

} // namespace meshbone::ui
