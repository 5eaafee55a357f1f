// SPDX-License-Identifier: Apache-2.0
#include "topics/produce_dialog.h"

#include "message/json_text.h"
#include "topics/event_example.h"
#include "topics/event_form_view.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <backbone/backbone.h>

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kTypingPauseMs = 250;
constexpr std::size_t kExamplesRead = 20;
constexpr auto kWriteLimit = std::chrono::seconds(15);
constexpr int kValueHeight = 260, kHeadersHeight = 56, kWidth = 680;
enum Shape : int { Form, Text };

/// The newest versions first: what a new event is most often written with.
void addVersions(std::vector<catalog::SchemaVersion>& to, const catalog::SchemaBook& book, const std::string& subject) {
    auto versions = book.versionsOf(subject);
    std::erase_if(versions, [](const catalog::SchemaVersion& one) { return one.isDeleted; });
    to.insert(to.end(), versions.rbegin(), versions.rend());
}

void offer(Choice& choice, const std::vector<catalog::SchemaVersion>& versions, const QString& none) {
    for (const auto& one : versions) {
        choice.addItem(QObject::tr("%1 v%2").arg(text(one.subject)).arg(one.version));
    }
    choice.addItem(none);
}

/// Nothing: the last item, which stands for no schema.
std::optional<catalog::SchemaVersion> chosenOf(const Choice& choice,
                                               const std::vector<catalog::SchemaVersion>& versions) {
    const auto chosen = static_cast<std::size_t>(std::max(0, choice.currentIndex()));
    return chosen < versions.size() ? std::optional(versions[chosen]) : std::nullopt;
}
} // namespace

ProduceDialog::ProduceDialog(PageContext& context, QString topic, QWidget* parent)
    : Dialog(tr("Produce an Event"), tr("One event is written to %1. It can't be taken back.").arg(topic), parent)
    , m_context(context)
    , m_topic(std::move(topic))
    , m_book(context.schemas.book()) {
    setObjectName(QStringLiteral("produceDialog"));
    setMinimumWidth(kWidth);
    buildFields();
    fillSchemas();
    m_typed.setSingleShot(true);
    m_typed.setInterval(kTypingPauseMs);
    connect(&m_typed, &QTimer::timeout, this, &ProduceDialog::check);
    connect(m_value, &QPlainTextEdit::textChanged, this, [this] {
        m_write->setEnabled(false); // until it is checked
        m_typed.start();
        if (!m_isTaking) {
            fillForm();
        }
    });
    const auto checkKey = [this] {
        m_write->setEnabled(false);
        m_typed.start();
    };
    connect(m_key, &QLineEdit::textChanged, this, [this, checkKey] {
        if (keySchema()) {
            checkKey();
        }
    });
    connect(m_keySchema, &QComboBox::currentIndexChanged, this, [this, checkKey] {
        describeKey();
        checkKey();
    });
    connect(m_schema, &QComboBox::currentIndexChanged, this, [this] {
        readForm();
        offerExample();
    });
    connect(m_shape, &Segmented::currentChanged, this, [this](int shape) { showForm(shape == Form); });
    connect(&m_formView->model(), &EventFormModel::edited, this, &ProduceDialog::takeForm);
    connect(m_write, &Button::clicked, this, &ProduceDialog::write);
    readForm();
    offerExample();
    m_stack->currentWidget()->setFocus();
}

void ProduceDialog::buildFields() {
    m_schema = new Choice(tr("Schema of the value"), this);
    m_schema->setObjectName(QStringLiteral("produceSchema"));
    addField(tr("Schema of the value"), m_schema);
    addField(tr("Key"), buildKey(), tr("Events of one key stay in order. Empty: none."));
    content()->addWidget(buildValue(), 1);
    m_verdict = new Label({}, TextStyle::Secondary, Token::Text2, this);
    m_verdict->setObjectName(QStringLiteral("produceVerdict"));
    m_verdict->setWordWrap(true);
    content()->addWidget(m_verdict);
    m_headers = new QPlainTextEdit(this);
    m_headers->setObjectName(QStringLiteral("produceHeaders"));
    m_headers->setFont(textFont(TextStyle::Mono));
    m_headers->setTabChangesFocus(true);
    m_headers->setFixedHeight(kHeadersHeight);
    addField(tr("Headers"), m_headers, tr("NAME=VALUE, one a line."));
    m_write = addVerb(tr("Write the Event"));
    m_write->setEnabled(false);
}

/// A key by its schema where its topic's keys have one; else text.
QWidget* ProduceDialog::buildKey() {
    auto* part = new QWidget(this);
    auto* layout = new QHBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    m_key = new QLineEdit(part);
    m_key->setObjectName(QStringLiteral("produceKey"));
    m_key->setAccessibleName(tr("Key"));
    m_keySchema = new Choice(tr("Schema of the key"), part);
    m_keySchema->setObjectName(QStringLiteral("produceKeySchema"));
    m_keySchema->setVisible(false);
    layout->addWidget(m_key, 1);
    layout->addWidget(m_keySchema);
    part->setFocusProxy(m_key);
    return part;
}

QWidget* ProduceDialog::buildValue() {
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* head = new QHBoxLayout;
    auto* name = new Label(tr("Value"), TextStyle::Secondary, Token::Text2, part);
    m_shapeNote = new Label({}, TextStyle::Secondary, Token::Text3, part);
    m_shapeNote->setObjectName(QStringLiteral("produceShapeNote"));
    m_shapeNote->setElided(true);
    m_shape = new Segmented({tr("Form"), tr("Text")}, tr("How the value is written"), part);
    m_shape->setObjectName(QStringLiteral("produceShape"));
    head->addWidget(name);
    head->addWidget(m_shapeNote, 1);
    head->addWidget(m_shape);
    layout->addLayout(head);
    m_stack = new QStackedWidget(part);
    m_formView = new EventFormView(m_stack);
    m_formView->setFocusProxy(m_formView->tree());
    m_value = new QPlainTextEdit(m_stack);
    m_value->setObjectName(QStringLiteral("produceValue"));
    m_value->setAccessibleName(tr("Value"));
    m_value->setFont(textFont(TextStyle::Mono));
    m_value->setTabChangesFocus(true);
    m_stack->addWidget(m_formView);
    m_stack->addWidget(m_value);
    m_stack->setMinimumHeight(kValueHeight);
    layout->addWidget(m_stack, 1);
    return part;
}

/// The places of the chosen schema. Until they are known, and without one, the value is text.
void ProduceDialog::readForm() {
    m_form = nullptr;
    showForm(false);
    const auto chosen = schema();
    m_shape->setVisible(chosen.has_value());
    if (!chosen) {
        return;
    }
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("produce.form")},
        [book = m_book, version = *chosen](const JobContext&) -> Result<catalog::EventFormPtr> {
            const auto parsed = book->parsed(version);
            return parsed ? Result<catalog::EventFormPtr>(catalog::eventForm(**parsed))
                          : std::unexpected(parsed.error());
        },
        [this](const Result<catalog::EventFormPtr>& form) {
            if (form) {
                m_form = *form;
                showForm(true);
            }
        });
}

/// As a form where it can be: the text must be JSON that has places at all.
void ProduceDialog::showForm(bool asForm) {
    const auto typed = m_value->toPlainText().toStdString();
    const bool isEmpty = m_value->toPlainText().trimmed().isEmpty();
    const auto value = catalog::readJsonTree(typed);
    QString why;
    if (asForm && !isEmpty && !value) {
        why = text(value.error().message);
    } else if (asForm && m_form != nullptr) {
        m_formView->model().setForm(m_form, value ? *value : catalog::emptyValue(*m_form->top));
        if (m_formView->model().rowCount({}) == 0) {
            why = tr("It has no fields; write it as text.");
        }
    }
    const bool isForm = asForm && m_form != nullptr && why.isEmpty();
    m_shapeNote->setText(why);
    m_stack->setCurrentWidget(isForm ? static_cast<QWidget*>(m_formView) : m_value);
    const QSignalBlocker blocker(m_shape);
    m_shape->setCurrent(isForm ? Form : Text);
}

/// The text is another one: so is the form that stands for it.
void ProduceDialog::fillForm() {
    if (m_stack->currentWidget() == m_formView) {
        showForm(true);
    }
}

void ProduceDialog::takeForm() {
    m_isTaking = true;
    m_value->setPlainText(indentedJson(m_formView->model().value()).trimmed());
    m_isTaking = false;
}

void ProduceDialog::fillSchemas() {
    const auto topic = m_topic.toStdString();
    for (const auto& subject : m_book->subjectsOfTopic(topic)) {
        addVersions(subject == topic + "-key" ? m_keySchemas : m_schemas, *m_book, subject);
    }
    offer(*m_schema, m_schemas, tr("None: the value is written as it is typed"));
    if (m_keySchemas.empty()) {
        return;
    }
    m_keySchema->setVisible(true);
    offer(*m_keySchema, m_keySchemas, tr("No schema: the key is text"));
    describeKey();
}

std::optional<catalog::SchemaVersion> ProduceDialog::schema() const {
    return chosenOf(*m_schema, m_schemas);
}

std::optional<catalog::SchemaVersion> ProduceDialog::keySchema() const {
    return m_keySchemas.empty() ? std::nullopt : chosenOf(*m_keySchema, m_keySchemas);
}

EventText ProduceDialog::typedEvent() const {
    return {keySchema(), schema(), m_key->text().toStdString(), m_value->toPlainText().toStdString()};
}

void ProduceDialog::describeKey() {
    m_key->setPlaceholderText(keySchema() ? tr("JSON of the key's schema, such as \"AS1234\"") : QString());
}

void ProduceDialog::offerExample() {
    const auto chosen = schema();
    const auto typed = m_value->toPlainText();
    if (!chosen || (!typed.isEmpty() && typed != m_offered)) {
        check(); // what somebody typed is kept
        return;
    }
    backbone::MessageQuery query;
    query.topic = m_topic.toStdString();
    query.limit = kExamplesRead;
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("produce.example")},
        [&backbone = m_context.services.backbone, book = m_book, version = *chosen,
         query](const JobContext& job) -> Result<QString> {
            const auto page = backbone.messages().read(query, job.call());
            return eventExample(*book, version, page ? page->records : std::vector<Record>());
        },
        [this, typed](const Result<QString>& example) {
            if (m_value->toPlainText() == typed) {
                m_offered = *example;
                m_value->setPlainText(m_offered);
            }
        });
}

void ProduceDialog::check() {
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("produce.check")},
        [book = m_book, typed = typedEvent()](const JobContext&) { return encodeEvent(*book, typed); },
        [this](const Result<EventBytes>& bytes) { showVerdict(bytes); });
}

void ProduceDialog::showVerdict(const Result<EventBytes>& bytes) {
    m_write->setEnabled(bytes.has_value());
    m_verdict->setInk(bytes ? Token::Text2 : Token::Danger);
    if (!bytes) {
        m_verdict->setText(text(bytes.error().message));
        return;
    }
    const auto size = formatBytes(static_cast<qint64>(bytes->value.size()));
    m_verdict->setText(schema() ? tr("It fits the schema: %1.").arg(size) : tr("Nothing is checked: %1.").arg(size));
}

Result<Record> ProduceDialog::record() const {
    Record record;
    record.topic = m_topic.toStdString();
    record.partition = Partition(-1); // by key
    const auto lines = m_headers->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const auto& line : lines) {
        const auto equals = line.indexOf(QLatin1Char('='));
        if (equals <= 0) {
            return fail(ErrorCode::InvalidArgument,
                        tr("The header “%1” has no name and value; write NAME=VALUE.").arg(line).toStdString());
        }
        record.headers.push_back({line.left(equals).toStdString(), line.mid(equals + 1).toStdString()});
    }
    return record;
}

void ProduceDialog::write() {
    auto wanted = record();
    if (!wanted) {
        sayError(text(wanted.error().message));
        return;
    }
    m_write->setEnabled(false);
    m_context.jobs.run(
        this, {.title = tr("Writing an event to %1").arg(m_topic), .key = QStringLiteral("produce.write")},
        [&backbone = m_context.services.backbone, book = m_book, typed = typedEvent(),
         record = std::move(*wanted)](const JobContext& job) mutable -> Result<backbone::Delivery> {
            auto bytes = encodeEvent(*book, typed);
            if (!bytes) {
                return std::unexpected(bytes.error());
            }
            record.key = std::move(bytes->key);
            record.value = std::move(bytes->value);
            auto producer = backbone.producer({});
            return producer ? (*producer)->produceAndWait(std::move(record), job.call(kWriteLimit))
                            : std::unexpected(producer.error());
        },
        [this](const Result<backbone::Delivery>& delivery) {
            m_write->setEnabled(true);
            if (!delivery) {
                sayError(text(delivery.error().message));
                return;
            }
            emit written(tr("The event is written: partition %1, offset %2.")
                             .arg(delivery->at.partition.value())
                             .arg(formatCount(delivery->offset.value())));
            accept();
        });
}

} // namespace meshbone::ui
