// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "overview/busy_topics_model.h"
#include "overview/domains_model.h"
#include "shell/newest_job.h"
#include "shell/page.h"

namespace meshbone::ui {

class FigureStrip;
class Panel;
class RecentModel;

/// The mesh at a glance: five figures, throughput by domain, what needs attention, the domains, what was decided
/// lately.
class OverviewPage : public Page {
    Q_OBJECT
public:
    explicit OverviewPage(PageContext& context);
    [[nodiscard]] bool isSettled() const override;
    void entered() override;

private:
    QWidget* buildBody();
    Panel* buildDomains();
    Panel* buildRecent();
    Panel* buildBusyTopics();
    void updateAll();
    void askLists();
    void updateRemark();
    void updateFigures();
    struct Lists {
        std::vector<DomainRow> domains;
        std::vector<BusyTopicRow> busy;
    };
    NewestJob<Lists>::Work makeLists();
    void showLists(Lists lists);
    void loadRecent();

    FigureStrip* m_figures = nullptr;
    Panel* m_domainsPanel = nullptr;
    Panel* m_recentPanel = nullptr;
    DomainsModel* m_domains = nullptr;
    RecentModel* m_recent = nullptr;
    BusyTopicsModel* m_busy = nullptr;
    NewestJob<Lists> m_lists; ///< over all topics: beside the window
    bool m_recentLoaded = false;
};

} // namespace meshbone::ui
