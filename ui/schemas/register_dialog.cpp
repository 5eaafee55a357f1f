// SPDX-License-Identifier: Apache-2.0
#include "schemas/register_dialog.h"

#include "schemas/code_view.h"
#include "schemas/evidence_panel.h"
#include "schemas/impact_list.h"
#include "schemas/pretty_text.h"
#include "schemas/schema_acts.h"
#include "schemas/schema_words.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/panel.h"
#include "widgets/table_view.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr std::chrono::milliseconds kTypingPause{250};
constexpr int kDifferenceRowHeight = 46;
constexpr int kRowsShown = 3;
constexpr int kTextHeight = 260;
constexpr int kWidth = 1200, kHeight = 690;
constexpr int kColumnGap = 20;
constexpr int kSentencesShown = 2;

/// The least that each language takes.
QString templateText(catalog::SchemaType type) {
    switch (type) {
    case catalog::SchemaType::Avro:
        return QStringLiteral("{\n  \"type\": \"record\",\n  \"name\": \"Event\",\n  \"namespace\": \"org.example\",\n"
                              "  \"fields\": [\n    {\"name\": \"id\", \"type\": \"string\"}\n  ]\n}");
    case catalog::SchemaType::Json:
        return QStringLiteral(
            "{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n  \"title\": \"Event\",\n"
            "  \"type\": \"object\",\n  \"properties\": {\n    \"id\": {\"type\": \"string\"}\n  },\n"
            "  \"required\": [\"id\"]\n}");
    case catalog::SchemaType::Protobuf:
        return QStringLiteral("syntax = \"proto3\";\npackage org.example;\n\nmessage Event {\n  string id = 1;\n}\n");
    }
    return {};
}

/// The place that a parser's sentence names.
catalog::TextPlace placeIn(const QString& sentence) {
    static const QRegularExpression kPlace(QStringLiteral("line (\\d+)(?:,? column (\\d+))?"));
    const auto match = kPlace.match(sentence);
    return {match.captured(1).toInt(), std::max(1, match.captured(2).toInt())};
}

} // namespace

RegisterDialog::RegisterDialog(PageContext& context, const QString& subject, QWidget* parent)
    : Dialog(context.schemas.book()->latest(subject.toStdString()) ? tr("Register a Version of %1").arg(subject)
                                                                   : tr("Register a New Subject"),
             {}, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("registerDialog"));
    resize(kWidth, kHeight);
    if (const auto latest = context.schemas.book()->latest(subject.toStdString())) {
        m_subject = subject;
        m_base = *latest->definition;
    }
    auto* columns = new QHBoxLayout;
    columns->setSpacing(kColumnGap);
    auto* left = new QVBoxLayout;
    columns->addLayout(left, 2);
    // All that speaks against it together is higher than a small screen.
    auto* side = new QWidget;
    auto* right = new QVBoxLayout(side);
    right->setContentsMargins(0, 0, 0, 0);
    columns->addWidget(scrolled(side), 3);
    content()->addLayout(columns, 1);
    buildName(subject, *left);
    buildEditor(*left);
    buildVerdicts(*right);
    m_register = addVerb(tr("Register"));
    m_register->setReason(tr("The text is being checked."));
    connect(m_register, &Button::clicked, this, &RegisterDialog::registerNow);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kTypingPause);
    connect(&m_rest, &QTimer::timeout, this, &RegisterDialog::check);
    if (m_subject.isEmpty()) {
        useTemplate();
        m_name->setFocus();
    } else {
        m_text->setPlainText(text(PrettyText(m_base.type, m_base.text).text()));
        m_text->setFocus();
    }
    check();
}

void RegisterDialog::buildName(const QString& subject, QVBoxLayout& column) {
    m_language = new Choice(tr("Language"), this);
    m_language->setObjectName(QStringLiteral("registerLanguage"));
    for (const auto type : {catalog::SchemaType::Avro, catalog::SchemaType::Json, catalog::SchemaType::Protobuf}) {
        m_language->addItem(languageWord(type));
    }
    m_language->setCurrentIndex(static_cast<int>(m_base.type));
    if (!m_subject.isEmpty()) {
        m_language->setToolTip(tr("A subject keeps its language."));
        m_language->setEnabled(false);
        column.addLayout(labelled(tr("Language"), m_language));
        return;
    }
    m_name = new QLineEdit(subject, this);
    m_name->setObjectName(QStringLiteral("registerSubject"));
    m_name->setPlaceholderText(QStringLiteral("topic-value"));
    column.addLayout(
        labelled(tr("Subject"), m_name,
                 tr("The topic's name with “-value” or “-key” behind it, as Kafka's clients look for it.")));
    column.addLayout(labelled(tr("Language"), m_language));
    connect(m_name, &QLineEdit::textChanged, &m_rest, qOverload<>(&QTimer::start));
    connect(m_language, &QComboBox::currentIndexChanged, this, [this] {
        useTemplate();
        m_rest.start();
    });
}

void RegisterDialog::buildEditor(QVBoxLayout& column) {
    m_text = new CodeView(tr("Text of the schema"), this);
    m_text->setObjectName(QStringLiteral("registerText"));
    m_text->setMinimumHeight(kTextHeight);
    auto* name = new Label(tr("Text"), TextStyle::Secondary, Token::Text2, this);
    name->setBuddy(m_text);
    column.addWidget(name);
    column.addWidget(m_text, 1);
    m_state = new Label({}, TextStyle::Secondary, Token::Text2, this);
    m_state->setObjectName(QStringLiteral("registerState"));
    m_state->setWordWrap(true);
    column.addWidget(m_state);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_register->setReason(tr("The text is being checked."));
        m_rest.start();
    });
}

void RegisterDialog::buildVerdicts(QVBoxLayout& column) {
    m_verdict = new MessageBar(this);
    m_verdict->setObjectName(QStringLiteral("registerVerdict"));
    column.addWidget(m_verdict);
    m_verdict->hide();
    m_contracts = new MessageBar(this);
    m_contracts->setObjectName(QStringLiteral("registerContracts"));
    column.addWidget(m_contracts);
    m_table = new TableView(this);
    m_table->setObjectName(QStringLiteral("registerDifferences"));
    m_table->setAccessibleName(tr("What is different"));
    m_table->setRowHeight(kDifferenceRowHeight);
    m_table->setModel(&m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHeightByRows(kRowsShown);
    m_table->setMinimumHeight(30 + kDifferenceRowHeight);
    column.addWidget(m_table);
    m_table->hide();
    m_sentence = new Label({}, TextStyle::Secondary, Token::Text2, this);
    m_sentence->setObjectName(QStringLiteral("registerSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setContentsMargins(16, 4, 16, 4); // below the rows' text
    m_sentence->hide();
    column.addWidget(m_sentence);
    m_evidence = new EvidencePanel(m_context, this);
    column.addWidget(m_evidence, 1);
    m_impact = new ImpactList(m_context, QStringLiteral("registerImpact"), this);
    m_impact->list()->filterLine()->hide();
    m_impact->list()->addFilter(new Label(tr("Who meets what changes"), TextStyle::BodyStrong, Token::Text1, m_impact));
    auto* table = m_impact->list()->table(); // as wide as the dialog lets it be
    table->setColumnHidden(ImpactModel::Seen, true);
    for (const auto& [at, width] : {std::pair(ImpactModel::Name, 190), std::pair(ImpactModel::Kind, 84),
                                    std::pair(ImpactModel::Topic, 120), std::pair(ImpactModel::Fields, 84)}) {
        table->setColumnWidth(at, width);
    }
    column.addWidget(m_impact, 1);
    m_impact->hide();
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RegisterDialog::showPlace);
}

/// Puts the language's template in place of another language's, never of what somebody has written.
void RegisterDialog::useTemplate() {
    if (m_text->toPlainText() != m_template) {
        return;
    }
    m_template = templateText(static_cast<catalog::SchemaType>(m_language->currentIndex()));
    m_text->setPlainText(m_template);
}

QString RegisterDialog::subject() const {
    return m_name == nullptr ? m_subject : m_name->text().trimmed();
}

catalog::SchemaDefinition RegisterDialog::definition() const {
    auto definition = m_base;
    definition.type = static_cast<catalog::SchemaType>(m_language->currentIndex());
    definition.text = m_text->toPlainText().toStdString();
    return definition;
}

void RegisterDialog::check() {
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("schemaCheck")},
        [book = m_context.schemas.book(), subject = subject().toStdString(), definition = definition(),
         catalog = m_context.services.catalog](const JobContext&) -> Result<RegisterCheck> {
            return checkToRegister(*book, subject, definition, catalog);
        },
        [this](const Result<RegisterCheck>& checked) {
            if (!m_rest.isActive()) { // else the text is another one already
                showCheck(*checked);
            }
        });
}

void RegisterDialog::showCheck(const RegisterCheck& checked) {
    m_evidence->setCandidate(checked.schema, subject());
    showImpact(checked.touched);
    showContracts(checked.broken);
    if (!checked.problem.empty()) {
        showProblem(text(checked.problem));
        return;
    }
    m_text->markLine(0, Tone::Neutral);
    m_state->setInk(Token::Text2);
    m_state->setText(
        tr("The text can be parsed: %n field(s).", nullptr, static_cast<int>(checked.schema->fields().size())));
    showVerdict(checked);
}

void RegisterDialog::showProblem(const QString& problem) {
    m_text->markLine(placeIn(problem).line, Tone::Danger);
    m_state->setInk(Token::Danger);
    m_state->setText(problem);
    m_verdict->hide();
    m_table->hide();
    m_sentence->hide();
    m_register->setReason(tr("The text can't be parsed yet."));
}

void RegisterDialog::showVerdict(const RegisterCheck& checked) {
    auto rows = verdictRows(checked.verdict, m_subject.isEmpty() ? tr("the text") : tr("the new one"));
    const auto first = std::ranges::find_if(rows, [](const auto& row) { return row.difference.isBreaking; });
    const auto level = levelWord(checked.verdict.level);
    const auto words = text(catalog::levelWords(checked.verdict.level));
    QString why;
    if (!checked.verdictProblem.empty()) {
        why = text(checked.verdictProblem);
        m_verdict->say(Tone::Danger, why);
    } else if (!checked.already.empty()) {
        why = tr("This is %1 already: there is nothing to register.").arg(text(checked.already));
        m_verdict->say(Tone::Neutral, why);
    } else if (!checked.verdict.isCompatible()) {
        const auto repair =
            first == rows.end()
                ? QString()
                : sentenceOf(first->difference.repair.empty() ? first->difference.message : first->difference.repair);
        why = tr("%1 doesn't allow it. %2").arg(level, repair);
        m_verdict->say(Tone::Danger, tr("Rules: %1 doesn't allow this change.").arg(level), words);
    } else if (checked.verdict.versions.empty()) {
        m_verdict->say(Tone::Ok, tr("Rules: there is nothing that it must be compatible with."), words);
    } else {
        m_verdict->say(Tone::Ok, tr("Rules: it is compatible by %1.").arg(level), words);
    }
    if (why.isEmpty() && subject().isEmpty()) {
        why = tr("A subject needs a name.");
    }
    m_table->setVisible(!rows.empty());
    m_model.setRows(std::move(rows));
    showSentence();
    m_register->setReason(why);
}

/// It may be registered all the same, as the registry knows no contracts: so it is a warning.
void RegisterDialog::showContracts(const std::vector<catalog::BrokenContract>& broken) {
    m_contracts->setVisible(!broken.empty());
    if (broken.empty()) {
        return;
    }
    QStringList names, sentences;
    for (const auto& one : broken) {
        names << QStringLiteral("“%1” %2").arg(text(one.title), text(one.version));
        for (const auto& finding : one.findings) {
            sentences << text(finding.sentence);
        }
    }
    const auto more = static_cast<int>(sentences.size()) - kSentencesShown;
    auto words = sentences.mid(0, kSentencesShown).join(u' ');
    words += more > 0 ? u' ' + tr("And %n more.", nullptr, more) : QString();
    m_contracts->say(Tone::Warn, tr("It breaks the contract %1.").arg(names.join(QStringLiteral(", "))), words);
}

void RegisterDialog::showImpact(const QStringList& fields) {
    m_impact->setVisible(!fields.isEmpty());
    if (fields != m_touched) {
        m_touched = fields;
        m_impact->clear();
        if (!fields.isEmpty()) {
            m_impact->ask(subject(), fields);
        }
    }
}

void RegisterDialog::showSentence() {
    const auto rows = m_table->selectionModel()->selectedRows();
    const auto row = rows.isEmpty() ? 0 : rows.front().row();
    m_sentence->setVisible(m_model.rowCount() > 0);
    if (m_model.rowCount() > 0) {
        const auto& difference = m_model.at(row).difference;
        m_sentence->setText(
            QStringLiteral("%1 %2").arg(sentenceOf(difference.message), sentenceOf(difference.repair)).trimmed());
    }
}

void RegisterDialog::showPlace() {
    showSentence();
    const auto rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        return;
    }
    const auto& row = m_model.at(rows.front().row());
    const auto& place = row.isOfReader ? row.difference.inReader : row.difference.inWriter;
    m_text->markLine(place.line, row.difference.isBreaking ? Tone::Danger : Tone::Ok);
    m_text->goTo(place);
}

void RegisterDialog::registerNow() {
    m_register->setReason(tr("It is being registered."));
    m_context.jobs.run(
        this, {.title = tr("Registering %1").arg(subject()), .key = {}, .cancellable = false},
        [registry = m_context.schemas.registry(), subject = subject().toStdString(),
         definition = definition()](const JobContext& job) -> Result<int> {
            const auto done = registry->registerSchema(subject, definition, false, job.call(std::chrono::seconds(30)));
            if (!done) {
                return std::unexpected(done.error().error);
            }
            return done->version;
        },
        [this, name = subject()](const Result<int>& version) {
            m_register->setReason({});
            if (!version) {
                sayError(text(version.error().message));
                return;
            }
            m_context.schemas.reload();
            emit registered(name, *version);
            accept();
        });
}

} // namespace meshbone::ui
