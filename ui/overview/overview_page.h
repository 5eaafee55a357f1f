// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

namespace meshbone::ui {

class BusyTopicsModel;
class DomainsModel;
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
    void updateRemark();
    void updateFigures();
    void updateDomains();
    void loadRecent();

    FigureStrip* m_figures = nullptr;
    Panel* m_domainsPanel = nullptr;
    Panel* m_recentPanel = nullptr;
    DomainsModel* m_domains = nullptr;
    RecentModel* m_recent = nullptr;
    BusyTopicsModel* m_busy = nullptr;
    bool m_recentLoaded = false;
};

} // namespace meshbone::ui
