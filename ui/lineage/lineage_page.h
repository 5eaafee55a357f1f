// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lineage/lineage_loader.h"
#include "shell/page.h"

#include <QTimer>

class QMenu;
class QStackedWidget;

namespace meshbone::ui {

class DriftWatch;
class EmptyView;
class GraphView;
class Legend;
class LineageInspector;
class LoadingView;
class TimeSlider;

/// The page Lineage: the graph around what is selected, its tools above, legend and time below, the inspector beside
/// it.
class LineagePage : public Page {
    Q_OBJECT
public:
    explicit LineagePage(PageContext& context);

    [[nodiscard]] bool isSettled() const override;
    void showSelection(const Selection& selection) override;
    void entered() override;
    void left() override;
    [[nodiscard]] QWidget* inspector() override;
    void focusFilter() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildTools();
    void buildOverlays(QMenu& menu);
    void buildBody();
    void addCommands();
    void load(bool keepPlaces);
    void showView(const LineageView& view);
    void showRefined(const GraphPicture& picture, const QString& note);
    [[nodiscard]] GraphPicture named(GraphPicture picture) const;
    void sayWhatItGoesBy(const LineageView& view);
    void showFailure(const QString& sentence);
    void focusOn(const QString& name);
    void chooseNode(const QString& name);
    void toggleDomain(const QString& domain);
    void setHops(int hops);
    void setEvidence(int index);
    void jump(const QString& text);
    void exportAs(const QString& format);
    void showMenu(const QString& name, const QPoint& at);
    [[nodiscard]] QString busiestTopic() const;
    [[nodiscard]] LineageWish wish(bool keepPlaces) const;

    LineageLoader m_loader;
    DriftWatch& m_acls; ///< what the backbone allows
    QStackedWidget* m_stack = nullptr;
    GraphView* m_graph = nullptr;
    LoadingView* m_loading = nullptr;
    EmptyView* m_empty = nullptr;
    Legend* m_legend = nullptr;
    TimeSlider* m_time = nullptr;
    LineageInspector* m_inspector = nullptr;
    class JumpField* m_jump = nullptr;
    Button* m_hopsButton = nullptr;
    Button* m_evidenceButton = nullptr;
    QList<QWidget*> m_wideOnly; ///< of the header, where it has the room
    Button* m_zoomLabel = nullptr;
    QTimer m_refresh; ///< gathers lineage changes

    QString m_focus;
    int m_hops = 2;
    QSet<int> m_expanded, m_folded;
    QStringList m_collapsed;
    std::optional<lineage::Evidence> m_evidence;
    AccessOverlay m_overlay = AccessOverlay::Seen;
    lineage::Subgraph m_shown;
    bool m_loadedOnce = false;
    bool m_fitWanted = true; ///< the next picture is brought into view as a whole
};

} // namespace meshbone::ui
