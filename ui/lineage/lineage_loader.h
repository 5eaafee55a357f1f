// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lineage/access_overlay.h"
#include "lineage/graph_picture.h"
#include "shell/job_runner.h"
#include "shell/live_feed.h"
#include "shell/services.h"

#include <QObject>
#include <QSet>
#include <QStringList>

#include <optional>

namespace meshbone::ui {

/// What the page wants to see.
struct LineageWish {
    QString focus; ///< empty: the whole graph where it is small, else the neighbourhood of `fallbackFocus`
    QString fallbackFocus;
    int hops = 2; ///< -1: all
    QSet<int> expanded, folded;
    QStringList collapsedDomains;
    std::optional<TimestampMs> asOfMs;
    std::optional<lineage::Evidence> evidence;
    bool keepPlaces = false;
    std::shared_ptr<const CatalogView> catalog; ///< whose grants count; null as of a moment in the past: they are now's
    std::string ownUser;
    AccessOverlay overlay = AccessOverlay::Seen;
    AclsInForce acls; ///< by which AccessOverlay::MayUse goes
};

/// A picture with what the time slider marks.
struct LineageView {
    lineage::Subgraph graph;
    QSet<QPair<int, int>> unused, unagreed; ///< edges, as OverlaidGraph has them
    int everybody = 0;                      ///< as there
    bool isCut = false;
    bool byAcls = false; ///< who may goes by the ACLs in force
    GraphPicture picture;
    std::vector<lineage::Change> changes; ///< of the last seven days
    TimestampMs nowMs = 0;
    bool isWhole = false; ///< nothing is hidden
    QString note;         ///< why the layout isn't the refined one; empty: it is, or need not be
};

/// Queries lineage and lays it out, off the GUI thread: at first by the quick layout, then, for a picture whose nodes
/// have no places yet, by the refined one. A newer wish drops what an older one was still waiting for. GUI thread.
class LineageLoader : public QObject {
    Q_OBJECT
public:
    LineageLoader(Services& services, JobRunner& jobs, QObject* parent = nullptr);
    void load(const LineageWish& wish, const GraphPicture& before);
    [[nodiscard]] bool isIdle() const;

signals:
    void loaded(const meshbone::ui::LineageView& view);
    void refined(const meshbone::ui::GraphPicture& picture, const QString& note);
    void failed(const QString& sentence);

private:
    void refine(const LineageView& view, const QSet<int>& expanded);
    Services& m_services;
    JobRunner& m_jobs;
};

} // namespace meshbone::ui
