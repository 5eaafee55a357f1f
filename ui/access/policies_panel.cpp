// SPDX-License-Identifier: Apache-2.0
#include "access/policies_panel.h"

#include "access/access_words.h"
#include "access/asking_section.h"
#include "access/policy_trial.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace meshbone::ui {

PoliciesPanel::PoliciesPanel(PageContext& context, QWidget* parent)
    : Ground(Token::Surface, Qt::LeftEdge, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("policiesPanel"));
    setAccessibleName(tr("Rules of this mesh"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 0, 14);
    auto* body = new QWidget;
    m_body = new QVBoxLayout(body);
    m_body->setContentsMargins(0, 0, 16, 0);
    m_body->setSpacing(8);
    layout->addWidget(scrolled(body));
    addHeading(tr("Whose word counts"), QStringLiteral("policy.roles"));
    m_roles = new Label({}, TextStyle::Body, Token::Text2);
    m_roles->setObjectName(QStringLiteral("policyRoles"));
    m_roles->setWordWrap(true);
    m_body->addWidget(m_roles);
    m_body->addWidget(new Rule);
    m_asking = new AskingSection(context);
    m_body->addWidget(m_asking);
    m_body->addWidget(new Rule);
    addHeading(tr("Classified data"), QStringLiteral("policy.classify"));
    m_classes = new QVBoxLayout;
    m_classes->setSpacing(4);
    m_body->addLayout(m_classes);
    m_body->addWidget(new Rule);
    addHeading(tr("Try it"), {});
    m_trial = new PolicyTrial(context);
    m_body->addWidget(m_trial);
    m_body->addStretch(1);
}

void PoliciesPanel::addHeading(const QString& title, const QString& command) {
    auto* row = new QHBoxLayout;
    row->addWidget(new Label(title, TextStyle::BodyStrong));
    row->addStretch(1);
    if (!command.isEmpty()) {
        auto* button = m_context.commands.makeButton(command);
        button->setKind(ButtonKind::Link);
        button->setIconName({});
        row->addWidget(button);
    }
    m_body->addLayout(row);
}

bool PoliciesPanel::isSettled() const {
    return m_trial->isSettled();
}

void PoliciesPanel::refresh() {
    showRoles();
    m_asking->refresh();
    showClasses();
    m_trial->refresh();
}

void PoliciesPanel::showRoles() {
    const auto& catalog = *m_context.feed.catalog();
    const auto& roles = catalog.access.roles;
    const auto admins =
        roles.admins.empty()
            ? tr("No admins are named, so each of the %n enrolled (person|people) is one and may change every policy. "
                 "Name a team, so that it is clear who answers.",
                 nullptr, static_cast<int>(catalog.people.size()))
            : tr("Admins: %1.").arg(text(catalog.teamName(roles.admins)));
    const auto enforcers = roles.enforcers.empty() ? tr("Enforcers: the admins.")
                                                   : tr("Enforcers: %1.").arg(text(catalog.teamName(roles.enforcers)));
    m_roles->setText(admins + u' ' + enforcers);
}

void PoliciesPanel::showClasses() {
    while (auto* item = m_classes->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater(); // it may be the button whose click led here
        }
        delete item;
    }
    const auto& classes = m_context.feed.catalog()->access.classifications;
    for (const auto& one : classes) {
        auto* line = new QWidget;
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        auto* link =
            new Button(one.product ? tr("product %1").arg(text(one.subject)) : text(one.subject), ButtonKind::Link);
        link->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        link->setAccessibleName(tr("Change the class of %1").arg(text(one.subject)));
        connect(link, &Button::clicked, this, [this, one] { emit classifyAsked(one); });
        const auto words = wordsOf(one.level);
        row->addWidget(link, 1);
        row->addWidget(new Chip({words.word, words.tone, words.icon, {}}));
        m_classes->addWidget(line);
    }
    if (classes.empty()) {
        auto* none = new Label(tr("Nothing is classified: all data is internal, which a policy may grant by itself."),
                               TextStyle::Secondary, Token::Text3);
        none->setWordWrap(true);
        m_classes->addWidget(none);
    }
}

} // namespace meshbone::ui
