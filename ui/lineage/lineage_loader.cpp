// SPDX-License-Identifier: Apache-2.0
#include "lineage/lineage_loader.h"

#include "widgets/free_beside.h"

#include <QDateTime>

#include <memory>

namespace meshbone::ui {

namespace {

constexpr std::size_t kWholeNodesMax =
    60; ///< a graph of up to this many nodes is shown whole when nothing is asked for
constexpr std::size_t kShownNodesMax = 500;
constexpr int kAllHops = 1000;
constexpr TimestampMs kChangesSpanMs = 7LL * 86'400'000;
constexpr auto kRefineLimit = std::chrono::milliseconds(3000);
const QString kViewKey = QStringLiteral("lineage.view");
const QString kRefineKey = QStringLiteral("lineage.refine");

lineage::ViewQuery queryOf(const LineageWish& wish, const lineage::Lineage& lineage) {
    lineage::ViewQuery query;
    query.focus = wish.focus.toStdString();
    const bool known = !query.focus.empty() && lineage.node(query.focus).has_value();
    if (!known) {
        const bool small = lineage.nodeCount() <= kWholeNodesMax;
        query.focus = small ? std::string() : wish.fallbackFocus.toStdString();
    }
    query.upHops = query.downHops = wish.hops < 0 ? kAllHops : wish.hops;
    query.expanded.assign(wish.expanded.begin(), wish.expanded.end());
    query.folded.assign(wish.folded.begin(), wish.folded.end());
    for (const auto& domain : wish.collapsedDomains) {
        query.collapsedDomains.push_back(domain.toStdString());
    }
    query.asOfMs = wish.asOfMs;
    query.evidence = wish.evidence;
    query.maxNodes = kShownNodesMax;
    return query;
}

} // namespace

LineageLoader::LineageLoader(Services& services, JobRunner& jobs, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_jobs(jobs) {}

bool LineageLoader::isIdle() const {
    return m_jobs.isIdle(this);
}

void LineageLoader::load(const LineageWish& wish, const GraphPicture& before) {
    auto* lineage = m_services.lineage;
    if (lineage == nullptr) {
        emit failed(QString::fromStdString(m_services.lineageProblem));
        return;
    }
    JobOptions options;
    options.key = kViewKey;
    m_jobs.run(
        this, options,
        [lineage, wish, before](const JobContext&) -> Result<std::shared_ptr<LineageView>> {
            auto view = makeFreedBeside<LineageView>();
            const auto query = queryOf(wish, *lineage);
            view->nowMs = QDateTime::currentMSecsSinceEpoch();
            const auto grants = grantsInForce(wish.catalog, view->nowMs, wish.ownUser);
            auto overlaid = withOverlay(lineage->view(query), grants, wish.overlay, query.focus, wish.acls);
            view->graph = std::move(overlaid.graph);
            view->unused = std::move(overlaid.unused);
            view->unagreed = std::move(overlaid.unagreed);
            view->everybody = overlaid.everybody;
            view->isCut = overlaid.isCut;
            view->byAcls = wish.acls.table != nullptr;
            const auto input = layoutInput(view->graph, before, wish.keepPlaces);
            view->picture = GraphPicture(view->graph, lineage::quickLayout(input), wish.expanded);
            view->picture.markRights(view->unused, view->unagreed);
            view->changes = lineage->changes(view->nowMs - kChangesSpanMs, view->nowMs);
            view->isWhole = view->graph.hidden.empty();
            return view;
        },
        [this, wish](Result<std::shared_ptr<LineageView>> view) {
            if (!view) {
                emit failed(QString::fromStdString(view.error().message));
                return;
            }
            emit loaded(**view);
            if (!wish.keepPlaces) {
                refine(**view, wish.expanded);
            }
        });
}

void LineageLoader::refine(const LineageView& view, const QSet<int>& expanded) {
    if (m_services.layoutWorker.empty() || view.graph.nodes.size() < 2) {
        return;
    }
    JobOptions options;
    options.key = kRefineKey;
    m_jobs.run(
        this, options,
        [graph = view.graph, unused = view.unused, unagreed = view.unagreed, expanded,
         worker = m_services.layoutWorker](
            const JobContext& context) -> Result<std::pair<std::shared_ptr<GraphPicture>, QString>> {
            const auto layout =
                lineage::refinedLayout(layoutInput(graph, {}, false), worker, context.call(kRefineLimit));
            if (!layout.refined) {
                return std::pair(std::shared_ptr<GraphPicture>(), QString::fromStdString(layout.note));
            }
            auto picture = makeFreedBeside<GraphPicture>(graph, layout, expanded);
            picture->markRights(unused, unagreed);
            return std::pair(std::move(picture), QString());
        },
        [this](Result<std::pair<std::shared_ptr<GraphPicture>, QString>> result) {
            if (result && result->first) {
                emit refined(*result->first, {});
            } else if (result) {
                emit refined({}, result->second);
            }
        });
}

} // namespace meshbone::ui
