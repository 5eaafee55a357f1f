// SPDX-License-Identifier: Apache-2.0
#include "access/access_tab.h"

#include "access/access_view.h"
#include "access/last_use.h"
#include "access/standing_access.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

/// What is offered to others: a topic by itself, or all outputs of a product.
std::vector<std::string> topicsOf(const CatalogView& catalog, AccessTab::Of of, const std::string& subject) {
    std::vector<std::string> topics;
    if (of == AccessTab::Of::Topic) {
        topics.push_back(subject);
    } else if (const auto* product = catalog.product(subject)) {
        for (const auto& port : product->ports) {
            if (port.direction == catalog::PortDirection::Output) {
                topics.push_back(port.topic);
            }
        }
    }
    return topics;
}

} // namespace

AccessTab::AccessTab(PageContext& context, Of of, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_of(of)
    , m_model(new GrantsModel(this))
    , m_look(
          context.jobs, this, [this] { return look(); }, [this](Standing standing) { show(std::move(standing)); }) {
    const bool ofTopic = of == Of::Topic;
    setObjectName(ofTopic ? QStringLiteral("topicAccess") : QStringLiteral("productAccess"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_list = new ListPanel(ofTopic ? QStringLiteral("topicGrants") : QStringLiteral("productGrants"), this);
    m_list->table()->setAccessibleName(ofTopic ? tr("Grants on this topic") : tr("Grants on this product's topics"));
    m_list->filterLine()->setHint(tr("Filter grants…"), QStringLiteral("filter"), {}); // "/" is the page's list's
    m_list->setSource(m_model);
    m_list->table()->setColumnHidden(GrantsModel::Id, true);
    if (m_context.commands.action(QStringLiteral("access.request")) != nullptr) {
        m_list->addTool(m_context.commands.makeButton(QStringLiteral("access.request"), this));
    }
    layout->addWidget(m_list);
    connect(m_list, &ListPanel::activated, this, [this](int row) {
        m_context.navigator.goTo(kAccessPage, {SelectionKind::Grant, m_model->key(m_model->at(row))});
    });
    m_list->emptyView()->setMessage(QStringLiteral("access"),
                                    ofTopic ? tr("Nothing is granted on this topic")
                                            : tr("Nothing is granted on what it offers"),
                                    tr("Who needs it asks for it; who owns it decides."));
    m_list->emptyView()->setAction(tr("Request Access…"),
                                   [this] { m_context.commands.run(QStringLiteral("access.request")); });
    connect(&m_context.feed, &LiveFeed::catalogChanged, this, [this] { m_look.ask(); });
}

void AccessTab::setSubject(const QString& id) {
    m_subject = id;
    m_look.ask();
}

NewestJob<AccessTab::Standing>::Work AccessTab::look() {
    return [of = m_of, subject = m_subject, catalog = m_context.feed.catalog(),
            &services = m_context.services](const JobContext& job) {
        const auto topics = topicsOf(*catalog, of, subject.toStdString());
        const auto now = nowMs();
        const auto covers = [&](const catalog::AccessScope& scope) {
            return std::ranges::any_of(topics, [&](const std::string& topic) { return coversTopic(scope, topic); });
        };
        std::vector<catalog::Grant> grants;
        std::ranges::copy_if(catalog->access.grants, std::back_inserter(grants), covers, &catalog::Grant::scope);
        Standing standing{subject, {}, {}, {}};
        const auto use = services.lineage == nullptr ? LastUse{} : lastUseOf(*services.lineage, grants);
        standing.grants = grantRows(*catalog, grants, use, false, now);
        standing.ungranted = ungrantedPrincipals(services, *catalog, topics, job).value_or(std::vector<std::string>{});
        std::ranges::copy_if(
            catalog->access.requests, std::back_inserter(standing.waiting), [&](const catalog::AccessRequest& request) {
                return request.stateAt(now) == catalog::RequestState::Submitted && covers(request.scope);
            });
        return standing;
    };
}

void AccessTab::show(Standing standing) {
    if (standing.subject != m_subject) {
        return; // another one was chosen meanwhile: it is being looked at
    }
    const auto count = static_cast<int>(standing.grants.size());
    sayWhatElse(standing);
    m_model->setRows(std::move(standing.grants));
    emit counted(count);
}

/// What the list doesn't hold: who asks, and whom an ACL lets in that nobody agreed to.
void AccessTab::sayWhatElse(const Standing& standing) {
    auto* bar = m_list->messageBar();
    bar->clearActions();
    QStringList names;
    for (const auto& principal : standing.ungranted) {
        names << shortPrincipal(principal);
    }
    constexpr int kNamed = 5;
    const auto rest = static_cast<int>(names.size()) - kNamed;
    const auto unagreed = names.isEmpty() ? QString()
                                          : tr("ACLs that nobody agreed to let in: %1%2")
                                                .arg(names.mid(0, kNamed).join(QStringLiteral(", ")),
                                                     rest > 0 ? tr(" and %n more", nullptr, rest) : QString());
    const auto waiting = static_cast<int>(standing.waiting.size());
    if (waiting == 0 && unagreed.isEmpty()) {
        bar->hide();
        return;
    }
    if (waiting > 0) {
        const auto asked =
            m_of == Of::Topic
                ? tr("%n (request|requests) on this topic (waits|wait) for a decision.", nullptr, waiting)
                : tr("%n (request|requests) on this product (waits|wait) for a decision.", nullptr, waiting);
        bar->say(unagreed.isEmpty() ? Tone::Accent : Tone::Warn, asked,
                 unagreed.isEmpty() ? scopeTitle(standing.waiting.front().scope) : unagreed);
        bar->addAction(tr("Show"), [this, id = text(standing.waiting.front().id)] {
            m_context.navigator.goTo(kAccessPage, {SelectionKind::Request, id});
        });
    } else {
        bar->say(Tone::Warn, unagreed);
    }
    if (!unagreed.isEmpty()) {
        bar->addAction(tr("Open Drift"), [this] {
            m_context.navigator.goTo(kAccessPage, {SelectionKind::Drift, QStringLiteral("acls")});
        });
    }
}

} // namespace meshbone::ui
