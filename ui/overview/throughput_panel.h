// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/newest_job.h"
#include "shell/page.h"
#include "widgets/area_chart.h"
#include "widgets/panel.h"

namespace meshbone::ui {

class Segmented;

/// Events per second by domain, of the last 15 minutes, hour, day or week; the last two from the history that the
/// backbone keeps.
class ThroughputPanel : public Panel {
    Q_OBJECT
public:
    explicit ThroughputPanel(PageContext& context, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Chart {
        QString remark, emptyText;
        std::vector<ChartSeries> series;
        TimestampMs endMs = -1;
        std::int64_t stepMs = 1;
    };
    using Work = NewestJob<Chart>::Work;
    void update();
    void show(Chart chart);
    [[nodiscard]] Work recent(bool hour) const;
    [[nodiscard]] Work history(bool week) const;
    PageContext& m_context;
    Segmented* m_span = nullptr;
    AreaChart* m_chart = nullptr;
    NewestJob<Chart> m_series; ///< over all topics: beside the window
};

/// One series a domain that has traffic, the largest last (it carries the others); topics without a domain as one more.
std::vector<ChartSeries> seriesByDomain(const backbone::TrafficSnapshot& traffic, const CatalogView& catalog,
                                        bool hour);

/// The same of what is kept, in steps of `stepMs` up to `toMs`; NaN in all series where nobody watched.
std::vector<ChartSeries> historyByDomain(const backbone::TrafficHistory& history, const CatalogView& catalog,
                                         TimestampMs toMs, std::int64_t spanMs, std::int64_t stepMs);

} // namespace meshbone::ui
