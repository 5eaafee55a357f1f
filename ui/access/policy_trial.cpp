// SPDX-License-Identifier: Apache-2.0
#include "access/policy_trial.h"

#include "access/access_words.h"
#include "access/scope_editor.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <catalog/access_presets.h>

#include <QCompleter>
#include <QLineEdit>
#include <QStringListModel>
#include <QVBoxLayout>

#include <array>

namespace meshbone::ui {

namespace {

constexpr std::array kRoles{catalog::Role::Consumer, catalog::Role::Producer, catalog::Role::ConsumeTransformProduce};

QCompleter* completerOf(QStringListModel* words, QObject* parent) {
    auto* completer = new QCompleter(words, parent);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    return completer;
}

} // namespace

PolicyTrial::PolicyTrial(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_principals = new QStringListModel(this);
    m_topics = new QStringListModel(this);
    m_principal = new QLineEdit(QStringLiteral("User:somebody"));
    m_principal->setObjectName(QStringLiteral("trialPrincipal"));
    m_principal->setAccessibleName(tr("Principal"));
    m_principal->setCompleter(completerOf(m_principals, m_principal));
    m_role = new Choice(tr("Role"));
    m_role->setObjectName(QStringLiteral("trialRole"));
    m_role->addItems({tr("would consume"), tr("would produce to"), tr("would consume and produce")});
    m_topic = new QLineEdit;
    m_topic->setObjectName(QStringLiteral("trialTopic"));
    m_topic->setAccessibleName(tr("Topic"));
    m_topic->setPlaceholderText(tr("Topic; a star at its end is all that begin so"));
    m_topic->setCompleter(completerOf(m_topics, m_topic));
    m_verdict = new Label({}, TextStyle::Secondary, Token::Text2);
    m_verdict->setObjectName(QStringLiteral("trialVerdict"));
    m_verdict->setWordWrap(true);
    for (auto* widget : std::initializer_list<QWidget*>{m_principal, m_role, m_topic, m_verdict}) {
        layout->addWidget(widget);
    }
    connect(m_principal, &QLineEdit::textChanged, this, &PolicyTrial::run);
    connect(m_topic, &QLineEdit::textChanged, this, &PolicyTrial::run);
    connect(m_role, &QComboBox::currentIndexChanged, this, &PolicyTrial::run);
    run();
}

void PolicyTrial::refresh() {
    QStringList principals;
    for (const auto& principal : m_context.feed.catalog()->access.principals) {
        principals << text(principal.principal);
    }
    if (principals != m_principals->stringList()) {
        m_principals->setStringList(principals);
    }
    if (const auto topics = topicNames(*m_context.health.facts()); topics != m_topics->stringList()) {
        m_topics->setStringList(topics);
    }
    run();
}

catalog::AccessScope PolicyTrial::scope() const {
    catalog::AccessScope scope;
    scope.principal = m_principal->text().toStdString();
    scope.role = kRoles.at(static_cast<std::size_t>(m_role->currentIndex()));
    const auto topic = m_topic->text().trimmed().toStdString();
    const bool prefix = topic.size() > 1 && topic.ends_with('*');
    const catalog::NamePattern pattern{prefix ? topic.substr(0, topic.size() - 1) : topic,
                                       prefix ? backbone::PatternType::Prefixed : backbone::PatternType::Literal};
    const auto& fields = catalog::fieldsOf(scope.role);
    if (fields.reads.use == catalog::FieldUse::Required) {
        scope.reads = {pattern};
    }
    if (fields.writes.use == catalog::FieldUse::Required) {
        scope.writes = {pattern};
    }
    return scope;
}

void PolicyTrial::run() {
    auto* catalog = m_context.services.catalog;
    if (catalog == nullptr || m_topic->text().trimmed().isEmpty() || m_principal->text().isEmpty()) {
        m_verdict->setText(catalog == nullptr ? text(m_context.services.catalogProblem)
                                              : tr("Name a topic to see which policies apply and which limit wins."));
        return;
    }
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("trial")},
        [catalog, scope = scope(), now = nowMs()](const JobContext&) -> Result<catalog::AccessReview> {
            return catalog->reviewAccess(scope, {}, catalog::kNoEnd, now);
        },
        [this](const Result<catalog::AccessReview>& review) {
            if (review) {
                m_verdict->setText(words(*review));
            }
        });
}

QString PolicyTrial::words(const catalog::AccessReview& review) const {
    QStringList lines{deciderText(*m_context.feed.catalog(), review)};
    lines << (review.endMs == catalog::kNoEnd
                  ? tr("No policy limits how long it lasts.")
                  : tr("It would end on %1 at the latest. %2").arg(formatDay(review.endMs), text(review.endBy)));
    lines << text(review.lapsesBy);
    lines << tr("Its data is %1.").arg(classText(review.level));
    QStringList policies;
    for (const auto& id : review.policies) {
        policies << text(id);
    }
    lines << (policies.isEmpty() ? tr("No policy applies.")
                                 : tr("Policies that apply: %1.").arg(policies.join(QStringLiteral(", "))));
    for (const auto& warning : review.warnings) {
        lines << text(warning);
    }
    return lines.join(u'\n');
}

} // namespace meshbone::ui
