// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/replay_models.h"
#include "replay/time_window.h"
#include "shell/page.h"

#include <backbone/backbone.h>

#include <QTimer>

#include <optional>

namespace meshbone::ui {

class FilterLine;
class Label;
class ListPanel;
class ReplayForm;
class TableView;
class Timeline;
class WindowBar;

/// The page Replay: the brush, the exact preview and the button on one screen; the runs below.
class ReplayPage : public Page {
    Q_OBJECT
public:
    explicit ReplayPage(PageContext& context);
    [[nodiscard]] bool isSettled() const override;
    void showSelection(const Selection& selection) override;
    void entered() override;
    void focusFilter() override;

private:
    void addCommands();
    QWidget* buildPreview();
    QWidget* buildRuns();
    void setTopic(const QString& topic);
    void loadHistogram(std::optional<WindowMs> range);
    void showHistogram(const backbone::Histogram& histogram);
    void setWindow(const WindowMs& window, bool typed);
    void plan();
    void showPlan(const backbone::ReplayPlan& plan);
    void rejectWindow(const QString& sentence);
    /// Whether the plan is of the target and pace that the form shows.
    [[nodiscard]] bool isPlanned() const;
    /// Drops the plan and what is being planned.
    void dropPlan(const QString& why);
    void clearPlan(const QString& why);
    void showEvents();
    void updateNotes(const backbone::ReplayPlan& plan);
    void start();
    void updateRuns();
    void act(Status (backbone::Replays::*what)(const std::string&));
    void showManifest();
    void updateTopics();
    [[nodiscard]] backbone::ReplayRequest request() const;
    [[nodiscard]] const backbone::RunStatus* currentRun() const;

    WindowBar* m_bar = nullptr;
    Timeline* m_timeline = nullptr;
    PreviewModel m_preview;
    TableView* m_previewTable = nullptr;
    Label* m_previewTitle = nullptr;
    Label* m_planHash = nullptr;
    Label* m_notes = nullptr;
    ReplayForm* m_form = nullptr;
    RunsModel m_runs;
    ListPanel* m_runList = nullptr;
    QString m_topic;
    WindowMs m_window;
    std::optional<backbone::ReplayPlan> m_plan;
    QString m_whyNoPlan;
    quint64 m_planJob = 0;  ///< the latest
    quint64 m_planTurn = 0; ///< counts what was dropped, so that a late plan is known as one
    QTimer m_planSoon;      ///< a plan is made when the brush has come to rest
    bool m_histogramLoaded = false;
};

} // namespace meshbone::ui
