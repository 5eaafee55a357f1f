// SPDX-License-Identifier: Apache-2.0
#include "access/explain_dialog.h"

#include "access/access_words.h"
#include "access/change_field.h"
#include "access/drift_words.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"
#include "widgets/table_view.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

enum PartAt : int { Checks, Who, ReachedTopics, Stop };
constexpr int kRowHeight = 30;

QWidget* titledField(const QString& label, QWidget* field) {
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* name = new Label(label, TextStyle::Secondary, Token::Text2);
    name->setBuddy(field);
    layout->addWidget(name);
    layout->addWidget(field);
    return box;
}

Choice* editable(const QString& name, const QString& objectName) {
    auto* choice = new Choice(name);
    choice->setObjectName(objectName);
    choice->setEditable(true);
    choice->setInsertPolicy(QComboBox::NoInsert);
    choice->completer()->setCompletionMode(QCompleter::PopupCompletion);
    choice->completer()->setFilterMode(Qt::MatchContains);
    choice->lineEdit()->setAccessibleName(name);
    return choice;
}

/// What was typed stays while the choices change.
void refill(Choice* choice, const QStringList& items) {
    const auto typed = choice->currentText();
    const QSignalBlocker quiet(choice);
    choice->clear();
    choice->addItems(items);
    choice->setCurrentIndex(choice->findText(typed));
    choice->setEditText(typed);
}

/// A principal as a person writes it: "alice" is "User:alice".
std::string principalOf(const QString& typed) {
    const auto plain = typed.trimmed();
    return (plain.isEmpty() || plain.contains(u':') ? plain : QStringLiteral("User:") + plain).toStdString();
}

} // namespace

ExplainDialog::ExplainDialog(PageContext& context, const QString& principal, const QString& topic, QWidget* parent)
    : Dialog(tr("Explain access"), {}, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("explainDialog"));
    resize(1040, 700);
    setCancelText(tr("Close"));
    buildQuestion(principal, topic);
    buildAnswers();
    actChanged();
    load();
    (principal.isEmpty() ? m_principal : m_topic)->setFocus();
}

void ExplainDialog::buildQuestion(const QString& principal, const QString& topic) {
    m_principal = editable(tr("Principal"), QStringLiteral("explainPrincipal"));
    m_principal->setEditText(principal);
    m_topic = editable(tr("Topic"), QStringLiteral("explainTopic"));
    m_topic->setEditText(topic);
    m_act = new Segmented({tr("Consume"), tr("Produce"), tr("Transactional")}, tr("What they do"));
    m_act->setObjectName(QStringLiteral("explainAct"));
    m_group = new QLineEdit;
    m_group->setObjectName(QStringLiteral("explainGroup"));
    m_group->setPlaceholderText(tr("none: by assigned partitions"));
    m_transaction = new QLineEdit;
    m_transaction->setObjectName(QStringLiteral("explainTransaction"));
    m_host = new QLineEdit;
    m_host->setObjectName(QStringLiteral("explainHost"));
    m_host->setPlaceholderText(tr("any"));
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(titledField(tr("May principal"), m_principal), 3);
    row->addWidget(titledField(tr("do this"), m_act));
    row->addWidget(titledField(tr("on topic"), m_topic), 3);
    m_groupField = titledField(tr("in group"), m_group);
    m_transactionField = titledField(tr("with transactional id"), m_transaction);
    row->addWidget(m_groupField, 2);
    row->addWidget(m_transactionField, 2);
    row->addWidget(titledField(tr("from address"), m_host), 1);
    content()->addLayout(row);
    connect(m_act, &Segmented::currentChanged, this, &ExplainDialog::actChanged);
    for (auto* choice : {m_principal, m_topic}) {
        connect(choice, &QComboBox::currentTextChanged, this, &ExplainDialog::answer);
    }
    connect(m_principal, &QComboBox::currentTextChanged, this, &ExplainDialog::fillChange);
    for (auto* line : {m_group, m_transaction, m_host}) {
        connect(line, &QLineEdit::textChanged, this, &ExplainDialog::answer);
    }
}

void ExplainDialog::buildAnswers() {
    m_tabs = new Tabs(tr("Answers"));
    m_tabs->setObjectName(QStringLiteral("explainTabs"));
    content()->addWidget(m_tabs);
    m_stack = new QStackedWidget;
    content()->addWidget(m_stack, 1);
    connect(m_tabs, &Tabs::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    m_parts << addPart(QStringLiteral("explainChecks"), tr("May they?"), checkColumns());
    m_parts << addPart(QStringLiteral("explainWho"), tr("Who may"), whoColumns());
    m_parts << addPart(QStringLiteral("explainReach"), tr("What they reach"), reachColumns());
    m_change = new ChangeField;
    connect(m_change, &ChangeField::changed, this, &ExplainDialog::answerChange);
    m_parts << addPart(QStringLiteral("explainStop"), tr("What if"), stopColumns(),
                       titledField(tr("What would this change, by what was seen?"), m_change));
}

ExplainDialog::Part ExplainDialog::addPart(const QString& name, const QString& title, const QList<Column>& columns,
                                           QWidget* above) {
    Part part;
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    if (above != nullptr) {
        layout->addWidget(above);
    }
    part.verdict = new MessageBar;
    part.verdict->setObjectName(name + QStringLiteral("Verdict"));
    layout->addWidget(part.verdict);
    part.model = new AnswerModel(columns, this);
    part.table = new TableView;
    part.table->setObjectName(name);
    part.table->setAccessibleName(title);
    part.table->setModel(part.model);
    part.table->setRowHeight(kRowHeight);
    layout->addWidget(part.table, 1);
    m_tabs->addTab(title);
    m_stack->addWidget(page);
    return part;
}

void ExplainDialog::load() {
    m_parts[Checks].verdict->say(Tone::Neutral, tr("Reading ACLs and grants…"));
    m_context.jobs.run(
        this, {.title = tr("Reading ACLs and grants"), .key = QStringLiteral("look")},
        [&services = m_context.services](const JobContext& job) { return lookForDrift(services, {}, job); },
        [this](const Result<DriftLookPtr>& look) { loaded(look); });
}

void ExplainDialog::loaded(const Result<DriftLookPtr>& look) {
    if (!look) {
        for (const auto& part : std::as_const(m_parts)) {
            part.verdict->say(Tone::Danger, tr("Access can't be explained."), text(look.error().message));
        }
        return;
    }
    m_look = *look;
    fillPrincipals();
    fillTopics();
    fillChange();
    answer();
}

void ExplainDialog::fillPrincipals() {
    QStringList names;
    if (const auto& known = m_look->survey.context.principals) {
        for (const auto& one : *known) {
            names << text(one);
        }
    }
    for (const auto& binding : m_look->survey.actual->bindings()) {
        names << text(binding.principal);
    }
    names.sort();
    names.removeDuplicates();
    refill(m_principal, names);
}

void ExplainDialog::fillTopics() {
    QStringList names;
    if (const auto& known = m_look->survey.context.topics) {
        for (const auto& one : *known) {
            names << text(one);
        }
    }
    refill(m_topic, names);
}

void ExplainDialog::fillChange() {
    if (m_look) {
        m_change->setLook(*m_look, question().principal);
    }
}

void ExplainDialog::actChanged() {
    m_groupField->setVisible(m_act->current() == static_cast<int>(ExplainedAct::Consume));
    m_transactionField->setVisible(m_act->current() == static_cast<int>(ExplainedAct::Transactional));
    answer();
}

Question ExplainDialog::question() const {
    Question question;
    question.principal = principalOf(m_principal->currentText());
    question.host = m_host->text().trimmed().toStdString();
    question.act = static_cast<ExplainedAct>(m_act->current());
    question.topic = m_topic->currentText().trimmed().toStdString();
    question.group = m_group->text().trimmed().toStdString();
    question.transactionalId = m_transaction->text().trimmed().toStdString();
    return question;
}

void ExplainDialog::answer() {
    if (!m_look || m_parts.size() <= Stop) {
        return;
    }
    const auto asked = question();
    tell(Checks, mayThey(*m_look, asked));
    tell(Who, whoMayDoIt(*m_look, asked));
    tell(ReachedTopics, whatTheyReach(*m_look, asked));
}

void ExplainDialog::answerChange() {
    if (!m_look || m_parts.size() <= Stop) {
        return;
    }
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("stop")},
        [look = m_look, change = m_change->change(*m_look), days = m_change->days()](const JobContext&) {
            return change ? Result<Answer>(whatIf(*look, *change, days)) : std::unexpected(change.error());
        },
        [this](const Result<Answer>& answer) {
            tell(Stop, answer ? *answer : Answer{Tone::Neutral, text(answer.error().message), {}, {}});
        });
}

void ExplainDialog::tell(int tab, const Answer& answer) {
    const auto& part = m_parts[tab];
    part.verdict->say(answer.tone, answer.sentence, answer.detail);
    part.model->setRows(answer.rows);
    m_tabs->setCounter(
        tab, tab == Checks || answer.rows.empty() ? QString() : formatCount(static_cast<qint64>(answer.rows.size())));
}

namespace {

QString selectedPrincipal(const PageContext& context) {
    const auto& selection = context.navigator.selection();
    if (selection.kind == SelectionKind::Principal) {
        return selection.name;
    }
    if (selection.kind == SelectionKind::Client) {
        return QStringLiteral("User:") + selection.name;
    }
    if (selection.kind == SelectionKind::Grant) {
        const auto* grant = context.feed.catalog()->access.grant(selection.name.toStdString());
        return grant == nullptr ? QString() : text(grant->scope.principal);
    }
    return {};
}

QString selectedTopic(const PageContext& context) {
    const auto& selection = context.navigator.selection();
    return selection.kind == SelectionKind::Topic ? selection.name : QString();
}

} // namespace

void installExplain(PageContext& context) {
    context.commands.add(context.commands.window(),
                         {QStringLiteral("access.explain"),
                          CommandRegistry::tr("Explain Access…"),
                          CommandRegistry::tr("Access"),
                          QKeySequence(Qt::Key_X),
                          QStringLiteral("access"),
                          {},
                          [&context] {
                              auto* dialog = new ExplainDialog(context, selectedPrincipal(context),
                                                               selectedTopic(context), context.commands.window());
                              dialog->show();
                          },
                          [&context]() -> QString {
                              return context.services.catalog == nullptr ? text(context.services.catalogProblem)
                                                                         : QString();
                          },
                          true});
}

} // namespace meshbone::ui
