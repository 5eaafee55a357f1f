// SPDX-License-Identifier: Apache-2.0
#include "shell/page.h"

#include "shell/page_header.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <QVBoxLayout>

namespace meshbone::ui {

Page::Page(PageContext& context, const QString& id, const QString& title)
    : QWidget(context.pageParent)
    , m_context(context)
    , m_id(id) {
    setObjectName(id + QStringLiteral("Page"));
    setAccessibleName(title);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_header = new PageHeader(context.navigator, title, this);
    layout->addWidget(m_header);
    auto* messages = new QVBoxLayout;
    messages->setContentsMargins(16, 0, 16, 0);
    messages->setSpacing(8);
    m_away = new MessageBar(this);
    m_away->setObjectName(QStringLiteral("awayMessage"));
    auto* retry = m_away->addAction(tr("Retry Now"), [this] { m_context.feed.retry(); });
    retry->setObjectName(QStringLiteral("retryNow"));
    m_message = new MessageBar(this);
    m_message->setObjectName(QStringLiteral("pageMessage"));
    messages->addWidget(m_away);
    messages->addWidget(m_message);
    layout->addLayout(messages);
    m_content = new QVBoxLayout;
    m_content->setContentsMargins(0, 0, 0, 0);
    m_content->setSpacing(0);
    layout->addLayout(m_content, 1);
    connect(&context.feed, &LiveFeed::stateChanged, this, &Page::updateReachability);
    updateReachability();
}

Page::~Page() = default;

void Page::setRemark(const QString& remark) {
    m_header->setRemark(remark);
}

void Page::setCrumb(const QString& here) {
    m_header->setCrumb(here);
}

void Page::addHeaderWidget(QWidget* widget) {
    m_header->addWidget(widget);
}

Button* Page::addHeaderCommand(const QString& id) {
    auto* button = m_context.commands.makeButton(id);
    m_header->addWidget(button);
    return button;
}

bool Page::isUnreachable() const {
    return m_context.feed.state().reachability == backbone::Reachability::Unreachable;
}

QString Page::asOf() const {
    return isUnreachable() ? tr("as of %1").arg(formatClock(m_context.feed.state().sinceMs)) : QString();
}

void Page::updateReachability() {
    const auto& state = m_context.feed.state();
    auto* messages = layout()->itemAt(1)->layout();
    if (state.reachability != backbone::Reachability::Unreachable) {
        m_away->hide();
        messages->setContentsMargins(16, 0, 16, 0);
        return;
    }
    messages->setContentsMargins(16, 12, 16, 0);
    m_away->say(
        Tone::Danger,
        tr("%1 can't be reached. Nothing here has been changed since %2.")
            .arg(text(m_context.services.backbone.profile().name), formatClock(state.sinceMs)),
        tr("%1 What you see is the last known state, read-only; Meshbone keeps trying.").arg(text(state.reason)));
}

} // namespace meshbone::ui
