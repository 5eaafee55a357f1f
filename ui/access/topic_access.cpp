// SPDX-License-Identifier: Apache-2.0
#include "access/topic_access.h"

#include "access/access_view.h"
#include "access/last_use.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

TopicAccess::TopicAccess(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(new GrantsModel(this)) {
    setObjectName(QStringLiteral("topicAccess"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_list = new ListPanel(QStringLiteral("topicGrants"), this);
    m_list->table()->setAccessibleName(tr("Grants on this topic"));
    m_list->setSource(m_model);
    m_list->table()->setColumnHidden(GrantsModel::Id, true);
    if (m_context.commands.action(QStringLiteral("access.request")) != nullptr) {
        m_list->addTool(m_context.commands.makeButton(QStringLiteral("access.request"), this));
    }
    layout->addWidget(m_list);
    connect(m_list, &ListPanel::activated, this, [this](int row) {
        m_context.navigator.goTo(kAccessPage, {SelectionKind::Grant, m_model->key(m_model->at(row))});
    });
    m_list->emptyView()->setMessage(QStringLiteral("access"), tr("Nothing is granted on this topic"),
                                    tr("Who needs it asks for it; who owns it decides."));
    m_list->emptyView()->setAction(tr("Request Access…"),
                                   [this] { m_context.commands.run(QStringLiteral("access.request")); });
    connect(&m_context.feed, &LiveFeed::catalogChanged, this, &TopicAccess::update);
}

void TopicAccess::setTopic(const QString& topic) {
    m_topic = topic;
    m_use.clear();
    update();
    readUse();
}

void TopicAccess::update() {
    const auto topic = m_topic.toStdString();
    auto rows = grantRows(*m_context.feed.catalog(), m_use, false, nowMs());
    std::erase_if(rows, [&](const GrantRow& row) { return !coversTopic(row.grant.scope, topic); });
    const auto count = static_cast<int>(rows.size());
    m_model->setRows(std::move(rows));
    sayWaiting();
    emit counted(count);
}

void TopicAccess::sayWaiting() {
    auto* bar = m_list->messageBar();
    const auto& requests = m_context.feed.catalog()->access.requests;
    const auto waits = [&](const catalog::AccessRequest& request) {
        return request.stateAt(nowMs()) == catalog::RequestState::Submitted &&
               coversTopic(request.scope, m_topic.toStdString());
    };
    const auto count = static_cast<int>(std::ranges::count_if(requests, waits));
    if (count == 0) {
        bar->hide();
        return;
    }
    const auto& first = *std::ranges::find_if(requests, waits);
    bar->clearActions();
    bar->say(Tone::Accent, tr("%n (request|requests) on this topic (waits|wait) for a decision.", nullptr, count),
             scopeTitle(first.scope));
    bar->addAction(tr("Show"), [this, id = text(first.id)] {
        m_context.navigator.goTo(kAccessPage, {SelectionKind::Request, id});
    });
}

void TopicAccess::readUse() {
    const auto* lineage = m_context.services.lineage;
    if (lineage == nullptr || m_model->rowCount() == 0) {
        return;
    }
    std::vector<catalog::Grant> grants;
    std::ranges::transform(m_model->rows(), std::back_inserter(grants), &GrantRow::grant);
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("use")},
        [lineage, grants = std::move(grants)](const JobContext&) -> Result<LastUse> {
            return lastUseOf(*lineage, grants);
        },
        [this](Result<LastUse> use) {
            m_use = std::move(*use);
            update();
        });
}

} // namespace meshbone::ui
