// SPDX-License-Identifier: Apache-2.0
#include "shell/live_feed.h"

#include "widgets/format.h"
#include "widgets/free_beside.h"
#include "widgets/theme.h"

#include <catalog/access_asking.h>

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace meshbone::ui {

namespace {

constexpr int kSettleMs = 120;
constexpr int kPausePerReading = 4;
constexpr std::chrono::milliseconds kLongestPause{2'000};

template <class Things>
auto byId(const Things& things, const std::string& id) -> const typename Things::value_type* {
    const auto found = std::ranges::find_if(things, [&](const auto& thing) { return thing.id == id; });
    return found == things.end() ? nullptr : &*found;
}

/// Ids in the order in which the domains were made: a new one then changes no other's colour.
QStringList asMade(std::vector<catalog::Domain> domains) {
    std::ranges::stable_sort(domains, {}, &catalog::Domain::created);
    QStringList ids;
    for (const auto& domain : domains) {
        ids << text(domain.id);
    }
    return ids;
}

TimestampMs nowMs() {
    return QDateTime::currentMSecsSinceEpoch();
}

AccessState readAccess(const catalog::Catalog& source, const std::string& person) {
    AccessState access{source.principals(),
                       source.accessRoles(),
                       source.classifications(),
                       source.policies(),
                       source.accessRequests(),
                       source.grants(),
                       source.bindingRecords(),
                       source.campaigns(),
                       {},
                       false};
    access.isAskingOpen = catalog::isAskingOpen(access.records);
    for (const auto& request : source.pendingFor(person, nowMs())) {
        access.pending.push_back(request.id);
    }
    return access;
}

std::string nameOr(const std::string& name, const std::string& id) {
    return name.empty() ? id : name;
}

std::shared_ptr<const CatalogView> readCatalog(const catalog::Catalog& source, const std::string& person) {
    auto view = makeFreedBeside<CatalogView>();
    view->status = source.status();
    view->domains = source.domains();
    view->products = source.products();
    view->teams = source.teams();
    view->people = source.people();
    view->facts = source.topicFacts();
    view->access = readAccess(source, person);
    return view;
}

} // namespace

const catalog::TopicFacts* CatalogView::topic(const std::string& name) const {
    const auto found = facts.find(name);
    return found == facts.end() ? nullptr : &found->second;
}
const catalog::Domain* CatalogView::domain(const std::string& id) const {
    return byId(domains, id);
}
const catalog::Product* CatalogView::product(const std::string& id) const {
    return byId(products, id);
}
std::string CatalogView::domainName(const std::string& id) const {
    const auto* found = domain(id);
    return found == nullptr ? id : nameOr(found->name, id);
}
std::string CatalogView::teamName(const std::string& id) const {
    const auto* found = byId(teams, id);
    return found == nullptr ? id : nameOr(found->name, id);
}
std::string CatalogView::personName(const std::string& id) const {
    const auto* found = byId(people, id);
    return found == nullptr ? id : nameOr(found->name, id);
}

const catalog::AccessRequest* AccessState::request(const std::string& id) const {
    return byId(requests, id);
}
const catalog::Grant* AccessState::grant(const std::string& id) const {
    return byId(grants, id);
}
const catalog::Principal* AccessState::principal(const std::string& principal) const {
    const auto found = std::ranges::find(principals, principal, &catalog::Principal::principal);
    return found == principals.end() ? nullptr : &*found;
}

LiveFeed::LiveFeed(Services& services, JobRunner& jobs, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_jobs(jobs)
    , m_state(services.backbone.state())
    , m_traffic(services.backbone.traffic())
    , m_catalog(std::make_shared<CatalogView>())
    , m_runs(services.backbone.replays().runs())
    , m_reader(
          jobs, this,
          [&services] {
              return [source = services.catalog, person = services.person](const JobContext&) {
                  const auto begun = std::chrono::steady_clock::now();
                  auto view = readCatalog(*source, person);
                  const auto took = std::chrono::steady_clock::now() - begun;
                  return Reading{std::move(view), std::chrono::duration_cast<std::chrono::milliseconds>(took)};
              };
          },
          [this](Reading reading) { showCatalog(std::move(reading)); }) {
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &LiveFeed::deliver);
    m_readPause.setSingleShot(true);
    connect(&m_readPause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_isCatalogOld, false)) {
            wantCatalog();
        }
    });
    auto& backbone = services.backbone;
    m_subscriptions.push_back(backbone.onStateChanged([this](const backbone::BackboneState&) { notify(State); }));
    m_subscriptions.push_back(
        backbone.onTraffic([this](const std::shared_ptr<const backbone::TrafficSnapshot>&) { notify(Traffic); }));
    m_subscriptions.push_back(backbone.replays().onChanged([this](const backbone::RunStatus&) { notify(Runs); }));
    if (services.lineage != nullptr) {
        m_subscriptions.push_back(services.lineage->onChanged([this] { notify(Lineage); }));
    }
    if (services.catalog != nullptr) {
        m_subscriptions.push_back(services.catalog->onChanged([this] { notify(Catalog); }));
        wantCatalog();
    } else {
        m_catalogLoaded = true;
    }
}

LiveFeed::~LiveFeed() {
    m_subscriptions.clear();
}

void LiveFeed::notify(Part part) {
    // Only the first of a burst posts an event, so that a busy module can't flood the GUI thread.
    if (m_pending.fetch_or(part) == 0) {
        QMetaObject::invokeMethod(
            this, [this] { m_settle.start(); }, Qt::QueuedConnection);
    }
}

void LiveFeed::deliver() {
    const auto parts = m_pending.exchange(0);
    if (parts & State) {
        m_state = m_services.backbone.state();
        emit stateChanged();
    }
    if (parts & Traffic) {
        m_traffic = m_services.backbone.traffic();
        emit trafficChanged();
    }
    if (parts & Runs) {
        m_runs = m_services.backbone.replays().runs();
        emit runsChanged();
    }
    if (parts & Lineage) {
        emit lineageChanged();
    }
    if (parts & Catalog) {
        wantCatalog();
    }
}

/// All of it is read. Where that takes long, news that come without end (an enforcer reports ten thousand grants) must
/// not keep a processor busy with it.
void LiveFeed::wantCatalog() {
    if (m_reader.isIdle() && !m_readPause.isActive()) {
        m_reader.ask();
    } else {
        m_isCatalogOld = true;
    }
}

void LiveFeed::showCatalog(Reading reading) {
    m_readPause.start(std::min(reading.took * kPausePerReading, kLongestPause));
    m_catalog = std::move(reading.view);
    m_catalogLoaded = true;
    Theme::instance().setDomainOrder(asMade(m_catalog->domains));
    emit catalogChanged();
}

const backbone::TopicTraffic* LiveFeed::topicTraffic(const std::string& topic) const {
    return trafficOf(*m_traffic, topic);
}

double LiveFeed::eventsPerSecond() const {
    double sum = 0;
    for (const auto& topic : m_traffic->topics) {
        sum += isInternalTopic(topic.topic) ? 0 : topic.perSecond;
    }
    return sum;
}

void LiveFeed::retry() {
    auto* backbone = &m_services.backbone;
    m_jobs.run(
        this, {.title = tr("Connecting to %1").arg(text(backbone->profile().name)), .key = QStringLiteral("retry")},
        [backbone](const JobContext& context) { return backbone->waitHealthy(context.call()); },
        [this](const Status&) {
            m_state = m_services.backbone.state();
            emit stateChanged();
        });
}

const backbone::TopicTraffic* trafficOf(const backbone::TrafficSnapshot& traffic, const std::string& topic) {
    const auto& topics = traffic.topics; // sorted by name
    const auto found = std::ranges::lower_bound(topics, topic, {}, &backbone::TopicTraffic::topic);
    return found != topics.end() && found->topic == topic ? &*found : nullptr;
}

bool isInternalTopic(const std::string& name) {
    return name.starts_with("__") || name.starts_with("_meshbone") || name == "_schemas"; // the schema registry's
}

} // namespace meshbone::ui
