// SPDX-License-Identifier: Apache-2.0
#include "lineage/lineage_inspector.h"

#include "lineage/node_fields.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/panel.h"
#include "widgets/property_list.h"
#include "widgets/sparkline.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

QString kindName(const lineage::Node& node) {
    switch (node.kind) {
    case lineage::NodeKind::Topic:
        return LineageInspector::tr("Topic");
    case lineage::NodeKind::Task:
        return LineageInspector::tr("Stream task");
    case lineage::NodeKind::Store:
        return LineageInspector::tr("External store");
    case lineage::NodeKind::Domain:
        return LineageInspector::tr("Domain");
    case lineage::NodeKind::Client:
        return node.producer ? LineageInspector::tr("Producer") : LineageInspector::tr("Consumer");
    }
    return {};
}

QString hops(int count) {
    return LineageInspector::tr("%n hop(s)", nullptr, count);
}

} // namespace

LineageInspector::LineageInspector(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("lineageInspector"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 0, 16);
    layout->setSpacing(10);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto* body = new QWidget;
    body->setAutoFillBackground(false);
    auto* parts = new QVBoxLayout(body);
    parts->setContentsMargins(0, 0, 16, 0);
    parts->setSpacing(10);
    m_kind = new Label({}, TextStyle::Secondary, Token::Text3, this);
    m_title = new Label({}, TextStyle::DetailTitle, Token::Text1, this);
    m_title->setElided(true);
    m_title->setObjectName(QStringLiteral("lineageInspectorTitle"));
    m_chips = new QWidget(this);
    (new QHBoxLayout(m_chips))->setContentsMargins(0, 0, 0, 0);
    m_description = new Label({}, TextStyle::Body, Token::Text2, this);
    m_description->setWordWrap(true);
    m_properties = new PropertyList(this);
    m_ratePart = new QWidget(this);
    auto* rateLayout = new QVBoxLayout(m_ratePart);
    rateLayout->setContentsMargins(0, 0, 0, 0);
    auto* rateRow = new QHBoxLayout;
    rateRow->addWidget(new Label(tr("Rate, last 15 minutes"), TextStyle::SmallStrong, Token::Text2, m_ratePart));
    rateRow->addStretch();
    m_rate = new Label({}, TextStyle::BodyStrong, Token::Text1, m_ratePart);
    rateRow->addWidget(m_rate);
    rateLayout->addLayout(rateRow);
    m_spark = new Sparkline(m_ratePart);
    rateLayout->addWidget(m_spark);
    m_neighbours = new PropertyList(this);
    m_warning = new MessageBar(this);
    m_warning->hide();
    m_fields = new NodeFields(m_context, this);
    m_actions = new QWidget(this);
    auto* actions = new QVBoxLayout(m_actions);
    actions->setContentsMargins(0, 0, 16, 0);
    actions->setSpacing(8);
    m_browse = new Button(tr("Browse messages"), ButtonKind::Primary, m_actions);
    m_browse->setObjectName(QStringLiteral("lineageBrowse"));
    m_replay = new Button(tr("Replay a window…"), ButtonKind::Plain, m_actions);
    m_replay->setObjectName(QStringLiteral("lineageReplay"));
    m_replay->setKeyCap(QStringLiteral("R"));
    m_request = new Button(tr("Request access…"), ButtonKind::Plain, m_actions);
    m_request->setObjectName(QStringLiteral("lineageRequest"));
    m_focus = new Button(tr("Show its neighbourhood"), ButtonKind::Plain, m_actions);
    m_focus->setObjectName(QStringLiteral("lineageFocus"));
    for (auto* button : {m_browse, m_replay, m_request, m_focus}) {
        actions->addWidget(button);
    }
    m_rules = {new Rule(this), new Rule(this)};
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_kind, m_title, m_chips, m_description, m_rules[0], m_properties, m_ratePart,
                                         m_rules[1], m_neighbours, m_warning, m_fields}) {
        parts->addWidget(widget);
    }
    parts->addStretch();
    scroll->setWidget(body);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_actions);
    const auto goTo = [this](const char* page) {
        m_context.navigator.goTo(QString::fromLatin1(page), {SelectionKind::Topic, m_name});
    };
    connect(m_browse, &Button::clicked, this, [goTo] { goTo("topics"); });
    connect(m_replay, &Button::clicked, this, [goTo] { goTo("replay"); });
    connect(m_request, &Button::clicked, this, [this] { m_context.commands.run(QStringLiteral("access.request")); });
    connect(m_focus, &Button::clicked, this, [this] { emit focusAsked(m_name); });
    connect(&m_context.feed, &LiveFeed::trafficChanged, this, &LineageInspector::refresh);
    setNothing();
}

void LineageInspector::setNothing() {
    m_name.clear();
    m_fields->setTopic({}, {});
    m_kind->setText(tr("Lineage"));
    m_title->setText(tr("Nothing is selected"));
    m_description->setText(tr("Press a node to see where its events come from and where they go. + shows more of its "
                              "neighbours, – folds them again."));
    m_description->show();
    for (auto* part : std::initializer_list<QWidget*>{m_rules[0], m_rules[1], m_chips, m_properties, m_ratePart,
                                                      m_neighbours, m_warning, m_actions}) {
        part->hide();
    }
}

void LineageInspector::show(const QString& name, std::optional<TimestampMs> asOfMs) {
    m_asOfMs = asOfMs;
    if (name.isEmpty() || m_context.services.lineage == nullptr) {
        setNothing();
        return;
    }
    m_name = name;
    refresh();
}

void LineageInspector::refresh() {
    auto* lineage = m_context.services.lineage;
    if (m_name.isEmpty() || lineage == nullptr) {
        return;
    }
    JobOptions options;
    options.key = QStringLiteral("lineage.inspect");
    m_context.jobs.run(
        this, options,
        [lineage, name = m_name.toStdString(), asOfMs = m_asOfMs, catalog = m_context.feed.catalog(),
         user = m_context.services.backbone.profile().user](const JobContext&) {
            const auto grants =
                asOfMs ? GrantsInForce{} : grantsInForce(catalog, QDateTime::currentMSecsSinceEpoch(), user);
            return find(*lineage, name, asOfMs, grants);
        },
        [this](Result<Facts> facts) { facts ? fill(*facts) : setNothing(); });
}

Result<LineageInspector::Facts> LineageInspector::find(const lineage::Lineage& lineage, const std::string& name,
                                                       std::optional<TimestampMs> asOfMs, const GrantsInForce& grants) {
    const auto node = lineage.node(name);
    if (!node) {
        return fail(ErrorCode::NotFound, "Lineage knows no '" + name + "'.");
    }
    Facts facts;
    facts.node = *node;
    const auto count = [](const lineage::ReachedNodes& reached, int& nodes, int& hops) {
        nodes = static_cast<int>(reached.size());
        hops = reached.empty() ? 0 : reached.back().hops;
    };
    count(lineage.upstream(name, asOfMs), facts.upstream, facts.upstreamHops);
    count(lineage.downstream(name, asOfMs), facts.downstream, facts.downstreamHops);
    lineage::ViewQuery around;
    around.focus = name;
    around.asOfMs = asOfMs;
    auto graph = lineage.view(around);
    markNotGranted(graph, grants);
    for (const auto& edge : graph.edges) {
        const auto reader = std::ranges::find(graph.nodes, edge.to, &lineage::Node::id);
        const auto source = std::ranges::find(graph.nodes, edge.from, &lineage::Node::id);
        if (!edge.granted && reader != graph.nodes.end() && source != graph.nodes.end()) {
            facts.notGranted << (source->kind == lineage::NodeKind::Topic ? tr("%1 is read by %2 without a grant.")
                                                                          : tr("%2 is written by %1 without a grant."))
                                    .arg(text(source->name), text(reader->name));
        }
    }
    return facts;
}

void LineageInspector::fill(const Facts& facts) {
    m_kind->setText(kindName(facts.node));
    m_title->setText(m_name);
    m_properties->clear();
    m_neighbours->clear();
    qDeleteAll(m_chips->findChildren<Chip*>());
    auto* chips = static_cast<QHBoxLayout*>(m_chips->layout());
    while (chips->count() > 0) {
        delete chips->takeAt(0);
    }
    if (!facts.node.domain.empty()) {
        chips->addWidget(new Chip(
            {text(m_context.feed.catalog()->domainName(facts.node.domain)), Tone::Neutral, {}, text(facts.node.domain)},
            m_chips));
    }
    chips->addStretch();
    m_chips->setVisible(!facts.node.domain.empty());
    const bool topic = facts.node.kind == lineage::NodeKind::Topic;
    topic ? fillTopic(facts) : fillClient(facts);
    m_properties->add(tr("First seen"), formatTime(facts.node.firstSeenMs));
    m_properties->add(tr("Last seen"), formatTime(facts.node.lastSeenMs));
    m_properties->show();
    m_rules[0]->show();
    m_rules[1]->show();
    m_neighbours->add(tr("Upstream"),
                      QStringLiteral("%1   %2").arg(formatCount(facts.upstream), hops(facts.upstreamHops)));
    m_neighbours->add(tr("Downstream"),
                      QStringLiteral("%1   %2").arg(formatCount(facts.downstream), hops(facts.downstreamHops)));
    m_neighbours->show();
    m_warning->setVisible(!facts.notGranted.isEmpty());
    if (!facts.notGranted.isEmpty()) {
        m_warning->say(Tone::Warn, facts.notGranted.first(),
                       facts.notGranted.size() > 1 ? tr("And %n more.", nullptr, int(facts.notGranted.size()) - 1)
                                                   : QString());
    }
    m_fields->setTopic(topic ? m_name : QString(), m_asOfMs);
    m_browse->setVisible(topic);
    m_replay->setVisible(topic);
    m_request->setVisible(topic && m_context.commands.action(QStringLiteral("access.request")) != nullptr);
    m_actions->show();
}

void LineageInspector::fillTopic(const Facts& facts) {
    const auto& catalog = *m_context.feed.catalog();
    const auto* about = catalog.topic(facts.node.name);
    const auto* product = about == nullptr ? nullptr : catalog.product(about->product);
    m_description->setText(about == nullptr ? QString() : text(about->description));
    m_description->setVisible(!m_description->text().isEmpty());
    const auto none = tr("nobody has said");
    m_properties->add(tr("Owner"), about == nullptr || about->owner.empty() ? none : text(about->owner));
    m_properties->add(tr("Product"), product == nullptr ? none : text(product->name));
    const auto* traffic = m_context.feed.topicTraffic(facts.node.name);
    m_ratePart->setVisible(traffic != nullptr);
    if (traffic != nullptr) {
        m_properties->add(tr("Records"), formatCount(traffic->records));
        m_rate->setText(tr("%1 ev/s").arg(formatRate(traffic->perSecond)));
        // The line is as long as what was seen, and so are its labels.
        const auto& all = *m_context.feed.traffic();
        const auto points = static_cast<std::int64_t>(traffic->recent.size());
        const auto spanMs = std::max<std::int64_t>(points - 1, 0) * all.stepMs;
        const auto at = [&](std::int64_t ago) { return axisTime(all.atMs - ago, spanMs, 2); };
        m_spark->setValues(traffic->recent, {at(spanMs), at(spanMs / 2), at(0)});
        m_spark->setVisible(points >= 2);
    }
}

void LineageInspector::fillClient(const Facts& facts) {
    m_description->hide();
    m_ratePart->hide();
    if (!facts.node.detail.empty()) {
        m_properties->add(tr("Seen as"), text(facts.node.detail));
    }
    QStringList does;
    if (facts.node.producer) {
        does << tr("writes");
    }
    if (facts.node.consumer) {
        does << tr("reads");
    }
    m_properties->add(tr("Does"), does.join(QStringLiteral(", ")));
}

} // namespace meshbone::ui
