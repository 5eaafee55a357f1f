// SPDX-License-Identifier: Apache-2.0
#include "products/product_inspector.h"

#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/property_list.h"
#include "widgets/sparkline.h"

#include <catalog/access_covers.h>

#include <QDateTime>
#include <QHBoxLayout>
#include <QPointer>

#include <algorithm>

namespace meshbone::ui {

namespace {

/// On what the product offers. Walks over all that is granted: for a job.
ProductInspector::AccessCounts accessCounts(const CatalogView& catalog, const catalog::Product& product,
                                            TimestampMs nowMs) {
    const auto isOf = [&](const catalog::AccessScope& scope) {
        return std::ranges::any_of(product.ports, [&](const catalog::Port& port) {
            return port.direction == catalog::PortDirection::Output && coversTopic(scope, port.topic);
        });
    };
    const auto granted = std::ranges::count_if(catalog.access.grants, [&](const catalog::Grant& grant) {
        return grant.inForceAt(nowMs) && isOf(grant.scope);
    });
    const auto waiting = std::ranges::count_if(catalog.access.requests, [&](const catalog::AccessRequest& request) {
        return request.stateAt(nowMs) == catalog::RequestState::Submitted && isOf(request.scope);
    });
    return {granted, waiting};
}

} // namespace

ProductInspector::ProductInspector(PageContext& context, QWidget* parent)
    : Inspector(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("productInspector"));
    showNothing(tr("Choose a product, domain or team to see what it offers and who owns it."));
}

void ProductInspector::show(const ProductRow& row) {
    const auto& product = row.product;
    begin(tr("Product"), text(product.name.empty() ? product.id : product.name));
    addChip({row.domainName, Tone::Neutral, {}, text(product.domain)});
    if (product.owner.empty()) {
        addChip({tr("no owner"), Tone::Warn, QStringLiteral("warning"), {}});
    }
    addText(product.description.empty() ? tr("Nobody has described it yet.") : text(product.description));
    addSection({});
    auto* facts = addProperties();
    facts->add(tr("Owner"), row.ownerName.isEmpty() ? tr("nobody") : row.ownerName);
    facts->add(tr("Id"), text(product.id), TextStyle::Mono);
    facts->add(tr("Revision"), formatCount(product.revision));
    facts->add(tr("Records"), formatCount(row.records));
    if (row.recent.size() >= 2) {
        addSection(tr("Rate of its outputs, last 15 minutes"), tr("%1 ev/s").arg(formatRate(row.perSecond)));
        const auto& traffic = *m_context.feed.traffic();
        const auto spanMs = static_cast<qint64>(row.recent.size() - 1) * traffic.stepMs;
        auto* line = new Sparkline;
        const auto at = [&](std::int64_t ago) { return axisTime(traffic.atMs - ago, spanMs, 2); };
        line->setValues(row.recent, {at(spanMs), at(spanMs / 2), at(0)});
        addWidget(line);
    }
    addPorts(product, catalog::PortDirection::Output, tr("Outputs"));
    addPorts(product, catalog::PortDirection::Input, tr("Inputs"));
    addAccess(product);
    auto* addPort = addAction(
        tr("Add a Port…"), [this] { m_context.commands.run(QStringLiteral("product.port")); }, true);
    addPort->setReason(m_context.commands.whyDisabled(QStringLiteral("product.port")));
    auto* edit = addAction(tr("Edit…"), [this] { m_context.commands.run(QStringLiteral("product.edit")); });
    edit->setReason(m_context.commands.whyDisabled(QStringLiteral("product.edit")));
}

void ProductInspector::addAccess(const catalog::Product& product) {
    addSection(tr("Access"));
    auto* facts = addProperties();
    const bool isKnown = m_countsOf == product.id; // as they were last: what is told anew isn't blank meanwhile
    const QPointer<Label> granted = facts->add(tr("Grants"), isKnown ? formatCount(m_counts.granted) : QString());
    const QPointer<Label> waiting = facts->add(tr("Waiting"), isKnown ? formatCount(m_counts.waiting) : QString());
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("access")},
        [catalog = m_context.feed.catalog(), product](const JobContext&) -> Result<AccessCounts> {
            return accessCounts(*catalog, product, QDateTime::currentMSecsSinceEpoch());
        },
        [this, id = product.id, granted, waiting](const Result<AccessCounts>& counts) {
            m_countsOf = id;
            m_counts = *counts;
            if (granted && waiting) { // else something else is shown by now
                PropertyList::setValue(*granted, tr("Grants"), formatCount(counts->granted));
                PropertyList::setValue(*waiting, tr("Waiting"), formatCount(counts->waiting));
            }
        });
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* show = new Button(tr("Show Access"), ButtonKind::Link);
    show->setObjectName(QStringLiteral("productAccess"));
    connect(show, &QPushButton::clicked, this, [this, id = text(product.id)] {
        m_context.navigator.goTo(QStringLiteral("access"), {SelectionKind::Product, id});
    });
    auto* ask = new Button(tr("Request Access…"), ButtonKind::Link);
    ask->setObjectName(QStringLiteral("productRequest"));
    connect(ask, &QPushButton::clicked, this, [this] { m_context.commands.run(QStringLiteral("access.request")); });
    layout->addWidget(show);
    layout->addWidget(ask);
    layout->addStretch(1);
    addWidget(row);
}

void ProductInspector::addPorts(const catalog::Product& product, catalog::PortDirection direction,
                                const QString& title) {
    const auto count = std::ranges::count(product.ports, direction, &catalog::Port::direction);
    addSection(title, formatCount(count));
    for (const auto& port : product.ports) {
        if (port.direction == direction) {
            addWidget(portLine(port));
        }
    }
    if (count == 0) {
        addText(direction == catalog::PortDirection::Output ? tr("It offers no topic yet.")
                                                            : tr("It needs no other topic."));
    }
}

QWidget* ProductInspector::portLine(const catalog::Port& port) {
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(3); // the button at the end has an edge of its own
    auto* link = new Button(text(port.topic), ButtonKind::Link);
    link->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    link->setToolTip(port.description.empty() ? text(port.topic) : text(port.description));
    connect(link, &QPushButton::clicked, this, [this, topic = text(port.topic)] {
        m_context.navigator.goTo(QStringLiteral("topics"), {SelectionKind::Topic, topic});
    });
    row->addWidget(link, 1);
    if (const auto* traffic = m_context.feed.topicTraffic(port.topic)) {
        row->addWidget(
            new Label(tr("%1 ev/s").arg(formatRate(traffic->perSecond)), TextStyle::Secondary, Token::Text2));
    }
    auto* remove = Button::iconButton(QStringLiteral("close"), tr("Withdraw the port %1").arg(text(port.topic)));
    const bool output = port.direction == catalog::PortDirection::Output;
    connect(remove, &QPushButton::clicked, this,
            [this, topic = text(port.topic), output] { emit portRemoveAsked(topic, output); });
    row->addWidget(remove);
    return line;
}

void ProductInspector::showGroup(const OwnerRow& row) {
    begin(row.isDomain ? tr("Domain") : tr("Team"), row.name);
    if (row.isDomain) {
        addChip({row.name, Tone::Neutral, {}, row.id});
    }
    addText(row.description.isEmpty() ? tr("Nobody has described it yet.") : row.description);
    addSection({});
    auto* facts = addProperties();
    facts->add(row.isDomain ? tr("Owner") : tr("People"), row.owner.isEmpty() ? tr("nobody") : row.owner);
    facts->add(tr("Id"), row.id, TextStyle::Mono);
    addSection(tr("Products"), formatCount(row.products));
    for (const auto& product : m_context.feed.catalog()->products) {
        const bool mine = (row.isDomain ? product.domain : product.owner) == row.id.toStdString();
        if (mine) {
            auto* link = new Button(text(product.name.empty() ? product.id : product.name), ButtonKind::Link);
            connect(link, &QPushButton::clicked, this, [this, id = text(product.id)] {
                m_context.navigator.goTo(QStringLiteral("products"), {SelectionKind::Product, id});
            });
            addWidget(link);
        }
    }
    auto* edit = addAction(tr("Edit…"), [this] { m_context.commands.run(QStringLiteral("product.edit")); });
    edit->setReason(m_context.commands.whyDisabled(QStringLiteral("product.edit")));
}

} // namespace meshbone::ui
