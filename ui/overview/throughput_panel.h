// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/area_chart.h"
#include "widgets/panel.h"

namespace meshbone::ui {

class Segmented;

/// Events per second by domain, of the last 15 minutes or the last hour.
class ThroughputPanel : public Panel {
    Q_OBJECT
public:
    explicit ThroughputPanel(PageContext& context, QWidget* parent = nullptr);

private:
    void update();
    PageContext& m_context;
    Segmented* m_span = nullptr;
    AreaChart* m_chart = nullptr;
};

/// One series a domain that has traffic, the largest last (it carries the others); topics without a domain as one more.
std::vector<ChartSeries> seriesByDomain(const backbone::TrafficSnapshot& traffic, const CatalogView& catalog,
                                        bool hour);

} // namespace meshbone::ui
