// SPDX-License-Identifier: Apache-2.0
#include "access/explain_dialog.h"

#include "access/access_words.h"
#include "access/change_field.h"
#include "access/drift_words.h"
#include "access/evidence_choice.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"
#include "widgets/table_view.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <array>

namespace meshbone::ui {

namespace {

enum PartAt : int { Checks, Who, ReachedTopics, Stop };
constexpr int kDialogRowHeight = 30;

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

LongChoice* editable(const QString& name, const QString& objectName) {
    auto* choice = new LongChoice(name, true);
    choice->setObjectName(objectName);
    return choice;
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
    connect(m_principal, &QComboBox::currentTextChanged, this, &ExplainDialog::preferPrincipal);
    for (auto* line : {m_group, m_transaction, m_host}) {
        connect(line, &QLineEdit::textChanged, this, &ExplainDialog::answer);
    }
}

void ExplainDialog::buildAnswers() {
    m_tabs = new Tabs(tr("Answers"), this);
    m_tabs->setObjectName(QStringLiteral("explainTabs"));
    content()->addWidget(m_tabs);
    m_stack = new QStackedWidget(this);
    content()->addWidget(m_stack, 1);
    connect(m_tabs, &Tabs::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    m_parts << addPart(QStringLiteral("explainChecks"), tr("May they?"), checkColumns());
    m_parts << addPart(QStringLiteral("explainWho"), tr("Who may"), whoColumns());
    m_parts << addPart(QStringLiteral("explainReach"), tr("What they reach"), reachColumns());
    m_parts << addPart(QStringLiteral("explainStop"), tr("What if"), stopColumns(), buildChange());
}

QWidget* ExplainDialog::buildChange() {
    m_change = new ChangeField;
    m_evidence = new EvidenceChoice(m_context.jobs);
    auto* field = titledField(tr("What would this change, by what was seen?"), m_change);
    field->layout()->addWidget(m_evidence);
    connect(m_change, &ChangeField::changed, this, &ExplainDialog::answerChange);
    connect(m_evidence, &EvidenceChoice::changed, this, &ExplainDialog::answerChange);
    return field;
}

ExplainDialog::Part ExplainDialog::addPart(const QString& name, const QString& title, const QList<Column>& columns,
                                           QWidget* above) {
    Part part;
    auto* page = new QWidget(m_stack);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    if (above != nullptr) {
        layout->addWidget(above);
    }
    part.verdict = new MessageBar(page);
    part.verdict->setObjectName(name + QStringLiteral("Verdict"));
    layout->addWidget(part.verdict);
    part.model = new AnswerModel(columns, this);
    part.table = new TableView(page);
    part.table->setObjectName(name);
    part.table->setAccessibleName(title);
    part.table->setModel(part.model);
    part.table->setRowHeight(kDialogRowHeight);
    layout->addWidget(part.table, 1);
    m_tabs->addTab(title);
    m_stack->addWidget(page);
    return part;
}

void ExplainDialog::load() {
    m_parts[Checks].verdict->say(Tone::Neutral, tr("Reading ACLs and grants…"));
    m_context.jobs.run(
        this, {.title = tr("Reading ACLs and grants"), .key = QStringLiteral("look")},
        [&services = m_context.services](const JobContext& job) -> Result<Loaded> {
            auto look = lookForDrift(services, {}, job);
            return look ? Result<Loaded>(Loaded{*look, ExplainLists::of(**look)}) : std::unexpected(look.error());
        },
        [this](const Result<Loaded>& done) { loaded(done); });
}

void ExplainDialog::loaded(const Result<Loaded>& loaded) {
    if (!loaded) {
        for (const auto& part : std::as_const(m_parts)) {
            part.verdict->say(Tone::Danger, tr("Access can't be explained."), text(loaded.error().message));
        }
        return;
    }
    m_look = loaded->look;
    m_evidence->setLook(m_look);
    m_principal->setItems(loaded->lists.principals);
    m_topic->setItems(loaded->lists.topics);
    m_change->setLists(loaded->lists, m_look);
    preferPrincipal();
    answer();
}

void ExplainDialog::preferPrincipal() {
    if (m_look) {
        m_change->prefer(question().principal);
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
    // Of tens of thousands of topics it takes longer than a key may wait; what was asked before is forgotten.
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("answer")},
        [look = m_look, asked = question()](const JobContext&) {
            return Result<std::array<Answer, Stop>>(
                {mayThey(*look, asked), whoMayDoIt(*look, asked), whatTheyReach(*look, asked)});
        },
        [this](Result<std::array<Answer, Stop>> answers) {
            for (int part = Checks; part < Stop; ++part) {
                tell(part, std::move((*answers)[static_cast<std::size_t>(part)]));
            }
        });
}

void ExplainDialog::answerChange() {
    if (!m_look || m_parts.size() <= Stop) {
        return;
    }
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("stop")},
        [look = m_evidence->look(), change = m_change->change(*m_look),
         period = m_change->period()](const JobContext&) -> Result<Answer> {
            if (!change || !period) {
                return std::unexpected(!change ? change.error() : period.error());
            }
            return whatIf(*look, *change, *period);
        },
        [this](Result<Answer> answer) {
            tell(Stop, answer ? std::move(*answer) : Answer{Tone::Neutral, text(answer.error().message), {}, {}});
        });
}

void ExplainDialog::tell(int tab, Answer answer) {
    const auto& part = m_parts[tab];
    part.verdict->say(answer.tone, answer.sentence, answer.detail);
    const auto count = static_cast<qint64>(answer.rows.size());
    part.model->setRows(std::move(answer.rows));
    m_tabs->setCounter(tab, tab == Checks || count == 0 ? QString() : formatCount(count));
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
