// SPDX-License-Identifier: Apache-2.0
#include "schemas/topic_schema.h"

#include "schemas/register_dialog.h"
#include "schemas/schema_acts.h"
#include "schemas/schema_words.h"
#include "schemas/topic_violations.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace meshbone::ui {

TopicSchema::TopicSchema(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("topicSchema"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_stack = new QStackedLayout;
    m_violations = new TopicViolations(context, this);
    layout->addLayout(m_stack, 1);
    layout->addWidget(m_violations);
    m_list = new ListPanel(QStringLiteral("topicFields"), this);
    m_list->setSource(&m_fields);
    m_list->filterLine()->setHint(tr("Filter fields…"), QStringLiteral("filter"), {}); // "/" is the topics'
    m_list->table()->setAccessibleName(tr("Fields of the topic's events"));
    m_list->emptyView()->setMessage(QStringLiteral("schema"), tr("No fields"),
                                    tr("This schema is of a single value, or it can't be parsed."));
    m_subject = new Choice(tr("Subject"), this);
    m_subject->setObjectName(QStringLiteral("topicSubject"));
    m_about = new Label({}, TextStyle::Secondary, Token::Text2, this);
    m_about->setObjectName(QStringLiteral("topicSchemaAbout"));
    m_about->setElided(true);
    auto* open = new Button(tr("Open in Schemas"), ButtonKind::Link, this);
    open->setObjectName(QStringLiteral("topicSchemaOpen"));
    m_list->addFilter(m_subject);
    m_list->addFilter(m_about);
    m_list->addTool(open);
    m_empty = new EmptyView(this);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    connect(open, &Button::clicked, this, [this] {
        m_context.navigator.goTo(kSchemasPage, {SelectionKind::Schema, m_subject->currentText()});
    });
    connect(m_subject, &QComboBox::currentIndexChanged, this, &TopicSchema::readFields);
    connect(&m_context.schemas, &SchemaFeed::changed, this, &TopicSchema::update);
    connect(m_violations, &TopicViolations::shown, this, &TopicSchema::tellCounts);
    connect(m_violations, &TopicViolations::eventWanted, this, &TopicSchema::eventWanted);
}

void TopicSchema::setTopic(const QString& topic) {
    m_topic = topic;
    update();
    m_violations->setTopic(topic);
}

void TopicSchema::tellCounts() {
    emit counted(m_topic.isEmpty() ? 0 : static_cast<int>(subjects().size()), m_violations->isViolated());
}

QStringList TopicSchema::subjects() const {
    auto names = knownTopics(m_context);
    names.add(m_topic.toStdString());
    return subjectsOf(*m_context.schemas.book(), names, m_topic);
}

void TopicSchema::update() {
    const auto found = m_topic.isEmpty() ? QStringList() : subjects();
    tellCounts();
    const auto before = m_subject->currentText();
    {
        const QSignalBlocker blocker(m_subject);
        m_subject->clear();
        m_subject->addItems(found);
        m_subject->setCurrentIndex(std::max(0, static_cast<int>(found.indexOf(before))));
    }
    if (found.isEmpty()) {
        updateEmptyView();
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_stack->setCurrentWidget(m_list);
    readFields();
}

void TopicSchema::updateEmptyView() {
    const auto why = whyNoRegistry(m_context);
    if (!why.isEmpty()) {
        m_empty->setMessage(QStringLiteral("plug"), tr("No schema registry"), why);
        m_empty->setAction({}, {});
        return;
    }
    m_empty->setMessage(QStringLiteral("schema"), tr("No schema is registered for this topic"),
                        tr("With one, its events are shown by their fields, and producers can't send what consumers "
                           "don't expect."));
    m_empty->setAction(tr("Register a Schema…"), [this] {
        auto* dialog = new RegisterDialog(m_context, m_topic + QStringLiteral("-value"), this);
        dialog->show();
    });
}

void TopicSchema::readFields() {
    const auto latest = m_context.schemas.book()->latest(m_subject->currentText().toStdString());
    if (!latest) {
        return;
    }
    m_list->setLoading(m_fields.rowCount() == 0);
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("schemaFields")},
        [book = m_context.schemas.book(), version = *latest](const JobContext&) -> Result<Shown> {
            Shown shown;
            shown.about = tr("%1, %2, id %3, %4")
                              .arg(languageWord(version.definition->type), versionWord(version.version))
                              .arg(version.id.value())
                              .arg(levelWord(book->levelOf(version.subject)));
            const auto parsed = book->parsed(version);
            if (parsed) {
                shown.fields = withoutDoubles((*parsed)->fields());
            } else {
                shown.problem = text(parsed.error().message);
            }
            return shown;
        },
        [this](Result<Shown> shown) {
            m_list->setLoading(false);
            m_about->setText(shown->about);
            m_fields.setRows(std::move(shown->fields));
            m_list->messageBar()->setVisible(!shown->problem.isEmpty());
            if (!shown->problem.isEmpty()) {
                m_list->messageBar()->say(Tone::Danger, tr("The schema can't be parsed."), shown->problem);
            }
        });
}

} // namespace meshbone::ui
