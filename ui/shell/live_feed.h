// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/newest_job.h"
#include "shell/services.h"

#include <backbone/backbone.h>
#include <catalog/catalog.h>
#include <lineage/lineage.h>

#include <QObject>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <vector>

namespace meshbone::ui {

/// What is agreed on access, as catalog/access.h has it.
struct AccessState {
    std::vector<catalog::Principal> principals;
    catalog::AccessRoles roles;
    std::vector<catalog::Classified> classifications;
    std::vector<catalog::Policy> policies;
    std::vector<catalog::AccessRequest> requests;
    std::vector<catalog::Grant> grants;
    std::vector<catalog::BindingRecord> records;
    std::vector<catalog::Campaign> campaigns;
    std::vector<std::string> pending; ///< requests that wait for who sits here, the oldest first
    bool isAskingOpen = false;        ///< everybody may ask, see catalog/access_asking.h

    [[nodiscard]] const catalog::AccessRequest* request(const std::string& id) const;
    [[nodiscard]] const catalog::Grant* grant(const std::string& id) const;
    [[nodiscard]] const catalog::Principal* principal(const std::string& principal) const;
};

/// The catalog at one moment. Never changes once made.
struct CatalogView {
    std::vector<catalog::Domain> domains;
    std::vector<catalog::Product> products;
    std::vector<catalog::Team> teams;
    std::vector<catalog::Person> people;
    std::map<std::string, catalog::TopicFacts> facts; ///< by topic
    catalog::CatalogStatus status;
    AccessState access;

    [[nodiscard]] const catalog::TopicFacts* topic(const std::string& name) const;
    [[nodiscard]] const catalog::Domain* domain(const std::string& id) const;
    [[nodiscard]] const catalog::Product* product(const std::string& id) const;
    [[nodiscard]] std::string domainName(const std::string& id) const; ///< the id where it has no name
    [[nodiscard]] std::string teamName(const std::string& id) const;   ///< the same
    [[nodiscard]] std::string personName(const std::string& id) const; ///< the same
};

/// What the modules tell from their own threads, brought to the GUI thread as signals, at most a few times a second,
/// with the newest state to read. Lives as long as the window.
class LiveFeed : public QObject {
    Q_OBJECT
public:
    LiveFeed(Services& services, JobRunner& jobs, QObject* parent = nullptr);
    ~LiveFeed() override;

    [[nodiscard]] const backbone::BackboneState& state() const { return m_state; }
    [[nodiscard]] bool isHealthy() const { return m_state.reachability == backbone::Reachability::Healthy; }
    [[nodiscard]] const std::shared_ptr<const backbone::TrafficSnapshot>& traffic() const { return m_traffic; }
    [[nodiscard]] const backbone::TopicTraffic* topicTraffic(const std::string& topic) const;
    [[nodiscard]] const std::shared_ptr<const CatalogView>& catalog() const { return m_catalog; } ///< never null
    [[nodiscard]] bool isCatalogLoaded() const { return m_catalogLoaded; }
    [[nodiscard]] const std::vector<backbone::RunStatus>& runs() const { return m_runs; }
    [[nodiscard]] double eventsPerSecond() const; ///< of all topics
    /// Asks the backbone again at once, for "Retry now".
    void retry();

signals:
    void stateChanged();
    void trafficChanged();
    void catalogChanged();
    void lineageChanged();
    void runsChanged();

private:
    enum Part : unsigned { State = 1, Traffic = 2, Catalog = 4, Lineage = 8, Runs = 16 };
    void notify(Part part); ///< from any thread
    void deliver();
    struct Reading {
        std::shared_ptr<const CatalogView> view;
        std::chrono::milliseconds took{0};
    };
    void wantCatalog();
    void showCatalog(Reading reading);

    Services& m_services;
    JobRunner& m_jobs;
    backbone::BackboneState m_state;
    std::shared_ptr<const backbone::TrafficSnapshot> m_traffic;
    std::shared_ptr<const CatalogView> m_catalog;
    std::vector<backbone::RunStatus> m_runs;
    bool m_catalogLoaded = false;
    NewestJob<Reading> m_reader;
    QTimer m_readPause;          ///< after a reading; the longer that took, the longer
    bool m_isCatalogOld = false; ///< there were news since
    std::atomic<unsigned> m_pending{0};
    QTimer m_settle;                           ///< gathers what comes in one burst
    std::vector<Subscription> m_subscriptions; // last: ended first, so that nobody calls into what is gone
};

/// How busy a topic is; null: it isn't known.
const backbone::TopicTraffic* trafficOf(const backbone::TrafficSnapshot& traffic, const std::string& topic);

/// True for topics of Kafka's, Meshbone's or a schema registry's own.
bool isInternalTopic(const std::string& name);

} // namespace meshbone::ui
