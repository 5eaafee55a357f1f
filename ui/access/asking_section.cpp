// SPDX-License-Identifier: Apache-2.0
#include "access/asking_section.h"

#include "access/access_view.h"
#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <catalog/access_asking.h>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace meshbone::ui {

AskingSection::AskingSection(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("askingSection"));
    context.commands.add(this, {QStringLiteral("policy.asking"),
                                tr("Let Everybody Ask"),
                                tr("Access"),
                                {},
                                QStringLiteral("people"),
                                kAccessPage,
                                [this] { toggle(); },
                                [this] { return whyNot(); },
                                false});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->addWidget(new Label(tr("Who may ask"), TextStyle::BodyStrong));
    row->addStretch(1);
    auto* button = context.commands.makeButton(QStringLiteral("policy.asking"));
    button->setKind(ButtonKind::Link);
    button->setIconName({});
    row->addWidget(button);
    layout->addLayout(row);
    m_state = new Label({}, TextStyle::Body, Token::Text2);
    m_state->setObjectName(QStringLiteral("askingState"));
    m_effect = new Label({}, TextStyle::Secondary, Token::Text3);
    m_effect->setObjectName(QStringLiteral("askingEffect"));
    for (auto* label : {m_state, m_effect}) {
        label->setWordWrap(true);
        layout->addWidget(label);
    }
}

bool AskingSection::isOpen() const {
    return m_context.feed.catalog()->access.isAskingOpen;
}

QString AskingSection::whyNot() const {
    const auto reason = whyNoEntry(m_context);
    if (!reason.isEmpty() || m_isBusy) {
        return m_isBusy ? tr("It is being changed.") : reason;
    }
    const bool lacksOwner = !isOpen() && m_context.feed.catalog()->access.roles.admins.empty();
    return lacksOwner ? tr("Name the admins first: their team owns what is opened.") : QString();
}

void AskingSection::refresh() {
    const bool open = isOpen();
    m_context.commands.setText(QStringLiteral("policy.asking"),
                               open ? tr("Let Only Some Ask") : tr("Let Everybody Ask"));
    const auto state = open ? tr("Everybody may ask: whoever can log in to the backbone.")
                            : tr("Only those may ask who were given READ on _meshbone.ledger and WRITE on "
                                 "_meshbone.requests.");
    m_state->setText(m_problem.isEmpty() ? state : state + u' ' + m_problem);
    QStringList bindings;
    for (const auto& binding : catalog::askingBindings()) {
        bindings << text(describe(binding));
    }
    const auto effect = text(catalog::askingEffect());
    m_effect->setText((open ? tr("%1 By these ACLs: %2.") : tr("Letting everybody ask means: %1 It makes the ACLs %2."))
                          .arg(effect, bindings.join(QStringLiteral("; "))));
}

/// Not asked about first: what it opens stands beside it, and the same button takes it back.
void AskingSection::toggle() {
    const auto& access = m_context.feed.catalog()->access;
    const bool open = isOpen();
    auto said = open ? catalog::closeAsking(access.records, tr("Not everybody is to ask").toStdString())
                     : catalog::openAsking(access.records, access.roles.admins,
                                           tr("Everybody is to be able to ask").toStdString());
    m_isBusy = true;
    m_problem.clear();
    submitEntries(m_context, this, tr("Changing who may ask"), std::move(said),
                  [this](const Result<catalog::LedgerEntry>& entry) {
                      m_isBusy = false;
                      m_problem = entry ? QString() : text(entry.error().message);
                      refresh();
                      m_context.commands.refresh();
                  });
}

} // namespace meshbone::ui
