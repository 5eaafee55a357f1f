// SPDX-License-Identifier: Apache-2.0
#include "topics/delete_topic_dialog.h"

#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <QCheckBox>
#include <QLineEdit>

namespace meshbone::ui {

DeleteTopicDialog::DeleteTopicDialog(PageContext& context, QString topic, const QString& effect, QWidget* parent)
    : Dialog(tr("Delete %1?").arg(topic), effect, parent)
    , m_context(context)
    , m_topic(std::move(topic)) {
    setObjectName(QStringLiteral("confirm"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    m_words = new Label(tr("Reading who has access…"), TextStyle::Body, Token::Text2);
    m_words->setObjectName(QStringLiteral("standingAccess"));
    m_words->setWordWrap(true);
    content()->addWidget(m_words);
    m_revoke = new QCheckBox(tr("Revoke the grants that are for it alone"));
    m_revoke->setObjectName(QStringLiteral("revokeGrants"));
    m_revoke->hide();
    content()->addWidget(m_revoke);
    auto* button = addVerb(tr("Delete"), true);
    if (context.services.production) {
        auto* line = new QLineEdit;
        line->setObjectName(QStringLiteral("typed"));
        addField(tr("Type “%1” to go on").arg(m_topic), line);
        button->setEnabled(false);
        connect(line, &QLineEdit::textChanged, button,
                [this, button](const QString& text) { button->setEnabled(text == m_topic); });
    }
    connect(button, &Button::clicked, this, [this] {
        const auto grants = m_revoke->isChecked() ? m_grants : QStringList();
        accept();
        emit confirmed(grants);
    });
    look();
}

void DeleteTopicDialog::look() {
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("standing")},
        [&services = m_context.services, catalog = m_context.feed.catalog(), topic = m_topic.toStdString()](
            const JobContext& job) -> Result<StandingAccess> { return standingAccess(services, *catalog, topic, job); },
        [this](const Result<StandingAccess>& access) { show(*access); });
}

void DeleteTopicDialog::show(const StandingAccess& access) {
    auto words = standingText(access);
    if (access.isNone()) {
        words = access.problem.empty() ? tr("Nobody has access to it by its name.") : words;
    } else {
        words += u' ' + tr("What isn't taken away serves the next topic of this name; Drift lists it.");
    }
    m_words->setText(words);
    for (const auto& grant : access.alone) {
        m_grants << text(grant.id);
    }
    m_revoke->setText(tr("Revoke %n grant(s) that (is|are) for it alone", nullptr, static_cast<int>(m_grants.size())));
    m_revoke->setVisible(!m_grants.isEmpty());
    const auto whyNot = whyNoEntry(m_context);
    m_revoke->setEnabled(whyNot.isEmpty());
    m_revoke->setToolTip(whyNot);
    m_revoke->setChecked(whyNot.isEmpty() && !m_grants.isEmpty());
}

} // namespace meshbone::ui
