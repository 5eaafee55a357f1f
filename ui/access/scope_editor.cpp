// SPDX-License-Identifier: Apache-2.0
#include "access/scope_editor.h"

#include "access/pattern_field.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <catalog/access_explain.h>
#include <catalog/access_presets.h>

#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

/// The catalog's words begin in lower case, for the middle of a sentence.
QString capitalized(QString words) {
    if (!words.isEmpty()) {
        words[0] = words[0].toUpper();
    }
    return words;
}

QString fieldTitle(const catalog::ScopeField& field) {
    const auto what = capitalized(text(std::string(field.what)));
    return field.use == catalog::FieldUse::Optional ? ScopeEditor::tr("%1 (may stay empty)").arg(what) : what;
}

} // namespace

QStringList topicNames(const MeshFacts& facts) {
    QStringList names;
    for (const auto& topic : facts.topics) {
        if (!topic.internal) {
            names << text(topic.name);
        }
    }
    return names;
}

ScopeEditor::ScopeEditor(QStringList topics, QWidget* parent)
    : QWidget(parent)
    , m_topics(std::move(topics)) {
    setObjectName(QStringLiteral("scopeEditor"));
    for (const auto& topic : m_topics) {
        m_names.push_back(topic.toStdString());
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_role = new Choice(tr("What it does"));
    m_role->setObjectName(QStringLiteral("scopeRole"));
    for (std::size_t i = 0; i < catalog::kRoles; ++i) {
        const auto role = static_cast<catalog::Role>(i);
        const auto title = capitalized(text(std::string(catalog::roleTitle(role))));
        m_role->addItem(catalog::isProven(role) ? title : tr("%1 (untested)").arg(title), static_cast<int>(role));
    }
    m_reads = new PatternList(QStringLiteral("scopeReads"), tr("Topic it reads"), m_topics);
    m_writes = new PatternList(QStringLiteral("scopeWrites"), tr("Topic it writes"), m_topics);
    m_group = new PatternField(QStringLiteral("scopeGroup"), tr("Consumer group"), {});
    m_transaction = new PatternField(QStringLiteral("scopeTransaction"), tr("Transactional id"), {});
    addField(layout, m_role).title->setText(tr("What it does"));
    m_readsField = addField(layout, m_reads);
    m_writesField = addField(layout, m_writes);
    m_groupField = addField(layout, m_group);
    m_transactionField = addField(layout, m_transaction);
    m_words = new Label({}, TextStyle::Secondary, Token::Text2);
    m_words->setObjectName(QStringLiteral("scopeWords"));
    m_words->setWordWrap(true);
    layout->addWidget(m_words);
    setFocusProxy(m_role);
    connect(m_role, &QComboBox::currentIndexChanged, this, [this] {
        showFields();
        tell();
    });
    connect(m_reads, &PatternList::changed, this, &ScopeEditor::tell);
    connect(m_writes, &PatternList::changed, this, &ScopeEditor::tell);
    connect(m_group, &PatternField::changed, this, &ScopeEditor::tell);
    connect(m_transaction, &PatternField::changed, this, &ScopeEditor::tell);
    setScope({});
}

ScopeEditor::Field ScopeEditor::addField(QVBoxLayout* layout, QWidget* field) {
    auto* whole = new QWidget;
    auto* box = new QVBoxLayout(whole);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(4);
    auto* title = new Label({}, TextStyle::Secondary, Token::Text2);
    title->setBuddy(field);
    box->addWidget(title);
    box->addWidget(field);
    layout->addWidget(whole);
    return {whole, title};
}

void ScopeEditor::showFields() {
    const auto role = static_cast<catalog::Role>(m_role->currentData().toInt());
    const auto& fields = catalog::fieldsOf(role);
    for (const auto& [shown, field] :
         {std::pair{m_readsField, fields.reads}, std::pair{m_writesField, fields.writes},
          std::pair{m_groupField, fields.group}, std::pair{m_transactionField, fields.transactionalId}}) {
        shown.whole->setVisible(field.use != catalog::FieldUse::None);
        shown.title->setText(fieldTitle(field));
    }
}

void ScopeEditor::setScope(const catalog::AccessScope& scope) {
    m_scope = scope;
    m_role->setCurrentIndex(std::max(0, m_role->findData(static_cast<int>(scope.role))));
    m_reads->setPatterns(scope.reads);
    m_writes->setPatterns(scope.writes);
    m_group->setPattern(scope.group);
    m_transaction->setPattern(scope.transactionalId);
    showFields();
    tell();
}

void ScopeEditor::setPrincipal(const std::string& principal) {
    if (m_scope.principal != principal) {
        m_scope.principal = principal;
        tell();
    }
}

catalog::AccessScope ScopeEditor::draft() const {
    auto scope = m_scope;
    scope.reads = m_reads->patterns();
    scope.writes = m_writes->patterns();
    scope.group = m_group->pattern();
    scope.transactionalId = m_transaction->pattern();
    scope = catalog::inRole(std::move(scope), static_cast<catalog::Role>(m_role->currentData().toInt()));
    if (scope.group.name.empty()) {
        scope.group = {};
    }
    if (scope.transactionalId.name.empty()) {
        scope.transactionalId = {};
    }
    return scope;
}

Result<catalog::AccessScope> ScopeEditor::scope() const {
    auto scope = draft();
    if (auto checked = catalog::checkScope(scope); !checked) {
        return std::unexpected(checked.error());
    }
    return scope;
}

/// What the fields come to, so that a wide prefix is seen before it is asked for.
void ScopeEditor::tell() {
    const auto scope = draft();
    QStringList words;
    for (const auto* patterns : {&scope.reads, &scope.writes}) {
        for (const auto& pattern : *patterns) {
            const auto coverage = catalog::coverageOf(pattern.pattern, pattern.name, m_names);
            const bool isPrefix = pattern.pattern == backbone::PatternType::Prefixed;
            if (isPrefix || (coverage.now.empty() && !coverage.isOpenEnded)) { // of "*" the warnings speak
                words << text(coverage.words);
            }
        }
    }
    for (const auto& warning : catalog::warningsOf(scope)) {
        words << text(warning);
    }
    words.removeDuplicates();
    m_words->setText(words.join(QStringLiteral("\n")));
    m_words->setVisible(!words.isEmpty());
    emit changed();
}

} // namespace meshbone::ui
