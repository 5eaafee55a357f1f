// SPDX-License-Identifier: Apache-2.0
#include "overview/overview_page.h"

#include "overview/attention_panel.h"
#include "overview/figures.h"
#include "overview/recent_model.h"
#include "overview/throughput_panel.h"
#include "shell/attention.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/table_view.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr std::size_t kRecentShown = 30;
constexpr int kDomainRowHeight = 40;
constexpr int kTopicRowHeight = 30;
constexpr std::size_t kBusyShown = 12;
constexpr int kRecentRowHeight = 34;

/// How many read or write each topic without a grant, of late.
std::map<std::string, int> findings(const std::vector<UngrantedUse>& uses) {
    std::map<std::string, int> byTopic;
    for (const auto& use : uses) {
        ++byTopic[use.topic];
    }
    return byTopic;
}

} // namespace

OverviewPage::OverviewPage(PageContext& context)
    : Page(context, QStringLiteral("overview"), tr("Overview"))
    , m_lists(
          context.jobs, this, [this] { return makeLists(); }, [this](Lists lists) { showLists(std::move(lists)); }) {
    addHeaderCommand(QStringLiteral("client.connect"));
    content()->addWidget(buildBody(), 1);
    follow(&context.feed, &LiveFeed::stateChanged, &OverviewPage::updateAll);
    follow(&context.feed, &LiveFeed::trafficChanged, &OverviewPage::updateAll);
    follow(&context.feed, &LiveFeed::catalogChanged, &OverviewPage::updateAll);
    follow(&context.feed, &LiveFeed::lineageChanged, &OverviewPage::updateAll);
    follow(&context.health, &MeshHealth::changed, &OverviewPage::updateAll);
    follow(&context.ledger, &LedgerWatch::changed, &OverviewPage::updateAll);
    follow(&context.attention, &AttentionFeed::changed, &OverviewPage::askLists);
    connect(&context.feed, &LiveFeed::catalogChanged, this, &OverviewPage::loadRecent);
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, [this] {
        updateFigures();
        m_recent->setRows(m_recent->rows());
    });
    loadRecent();
}

void OverviewPage::entered() {
    updateAll();
}

void OverviewPage::updateAll() {
    updateRemark();
    updateFigures();
    askLists();
}

void OverviewPage::askLists() {
    m_lists.ask();
}

QWidget* OverviewPage::buildBody() {
    auto* ground = new Ground(Token::Sunken);
    auto* layout = new QVBoxLayout(ground);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    m_figures = new FigureStrip;
    layout->addWidget(m_figures);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(16);
    upper->addWidget(new ThroughputPanel(context()), 62);
    auto* right = new QVBoxLayout;
    right->setSpacing(16);
    right->addWidget(new AttentionPanel(context()));
    right->addWidget(buildBusyTopics(), 1);
    upper->addLayout(right, 38);
    layout->addLayout(upper, 57);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(16);
    lower->addWidget(buildDomains(), 55);
    lower->addWidget(buildRecent(), 45);
    layout->addLayout(lower, 36);
    return ground;
}

Panel* OverviewPage::buildDomains() {
    m_domainsPanel = new Panel(tr("Domains"));
    m_domainsPanel->setContentPadding(1);
    auto* all = new Button(tr("All products"), ButtonKind::Link);
    connect(all, &QPushButton::clicked, this, [this] { context().navigator.goTo(QStringLiteral("products")); });
    m_domainsPanel->addToHeader(all);
    m_domains = new DomainsModel(this);
    auto* table = new TableView;
    table->setObjectName(QStringLiteral("domainsTable"));
    table->setAccessibleName(tr("Domains"));
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setRowHeight(kDomainRowHeight);
    table->setModel(m_domains);
    table->setLayoutKey(QStringLiteral("overview-domains"));
    table->horizontalHeader()->setSectionsClickable(false);
    connect(table, &TableView::activatedRow, this, [this](int row) {
        const auto id = m_domains->at(row).id;
        context().navigator.goTo(QStringLiteral("products"),
                                 {id.isEmpty() ? SelectionKind::None : SelectionKind::Domain, id});
    });
    m_domainsPanel->content()->addWidget(table, 1);
    return m_domainsPanel;
}

Panel* OverviewPage::buildBusyTopics() {
    auto* panel = new Panel(tr("Busiest topics"));
    panel->setContentPadding(1);
    m_busy = new BusyTopicsModel(this);
    auto* table = new TableView;
    table->setObjectName(QStringLiteral("busyTable"));
    table->setAccessibleName(tr("Busiest topics"));
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setRowHeight(kTopicRowHeight);
    table->setModel(m_busy);
    table->horizontalHeader()->hide();
    connect(table, &TableView::activatedRow, this, [this](int row) {
        context().navigator.goTo(QStringLiteral("topics"), {SelectionKind::Topic, m_busy->at(row).topic});
    });
    panel->content()->addWidget(table, 1);
    return panel;
}

Panel* OverviewPage::buildRecent() {
    m_recentPanel = new Panel(tr("Recent governance"));
    m_recentPanel->setContentPadding(1);
    auto* audit = new Button(tr("Audit"), ButtonKind::Link);
    connect(audit, &QPushButton::clicked, this, [this] { context().navigator.goTo(QStringLiteral("audit")); });
    m_recentPanel->addToHeader(audit);
    m_recent = new RecentModel(this);
    auto* table = new TableView;
    table->setObjectName(QStringLiteral("recentTable"));
    table->setAccessibleName(tr("Recent governance"));
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setRowHeight(kRecentRowHeight);
    table->setModel(m_recent);
    table->horizontalHeader()->hide();
    connect(table, &TableView::activatedRow, this, [this](int row) {
        context().navigator.goTo(QStringLiteral("audit"),
                                 {SelectionKind::Entry, QString::number(m_recent->at(row).number)});
    });
    m_recentPanel->content()->addWidget(table, 1);
    return m_recentPanel;
}

bool OverviewPage::isSettled() const {
    return m_recentLoaded && context().jobs.isIdle(this);
}

void OverviewPage::updateRemark() {
    const auto& services = context().services;
    const auto where = services.embedded ? tr("embedded backbone, %1") : tr("cluster at %1");
    auto remark = where.arg(text(services.backbone.profile().bootstrap));
    if (services.startedMs > 0) {
        const auto up = std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch() - services.startedMs);
        if (up.count() > 0) {
            remark += tr(", up %1").arg(formatSpan(up));
        }
    }
    const auto away = asOf();
    setRemark(away.isEmpty() ? remark : away);
}

void OverviewPage::updateFigures() {
    m_figures->setFigures(figuresOf(context()));
}

NewestJob<OverviewPage::Lists>::Work OverviewPage::makeLists() {
    return [catalog = context().feed.catalog(), facts = context().health.facts(), traffic = context().feed.traffic(),
            ungranted = context().attention.ungranted()](const JobContext&) {
        return Lists{domainRows(*catalog, *facts, *traffic, findings(*ungranted)),
                     busyTopics(*traffic, *catalog, kBusyShown)};
    };
}

void OverviewPage::showLists(Lists lists) {
    m_domains->setRows(std::move(lists.domains));
    m_busy->setRows(std::move(lists.busy));
    m_domainsPanel->setRemark(formatCount(m_domains->rowCount()));
}

void OverviewPage::loadRecent() {
    auto* catalog = context().services.catalog;
    if (catalog == nullptr) {
        m_recentPanel->setRemark(text(context().services.catalogProblem));
        m_recentLoaded = true;
        return;
    }
    context().jobs.run(
        this, {.title = {}, .key = QStringLiteral("recent")},
        [catalog](const JobContext&) {
            catalog::LedgerQuery query;
            query.limit = kRecentShown;
            return catalog->entries(query);
        },
        [this](Result<catalog::LedgerPage> page) {
            m_recentLoaded = true;
            if (!page) {
                m_recentPanel->setRemark(text(page.error().message));
                return;
            }
            const auto newest = page->entries.empty() ? TimestampMs{-1} : page->entries.front().timeMs;
            m_recentPanel->setRemark(page->entries.empty() ? tr("nothing decided yet")
                                                           : tr("newest %1").arg(formatDay(newest)));
            m_recent->setCatalog(context().feed.catalog());
            m_recent->setRows(std::move(page->entries));
        });
}

} // namespace meshbone::ui
