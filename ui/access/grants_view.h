// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_view.h"
#include "access/grants_model.h"
#include "shell/newest_job.h"

class QMenu;

namespace meshbone::ui {

class Button;
class DomainFilter;
class GrantActions;
class GrantPanel;
class ListPanel;

/// What is agreed, and what became of it: all grants, with the chosen one in detail at the right.
class GrantsView : public AccessView {
    Q_OBJECT
public:
    explicit GrantsView(PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] bool isSettled() const override;
    void entered() override;
    void refresh() override;
    void showSelection(const Selection& selection) override;
    void focusFilter() override;
    [[nodiscard]] QStringList headerCommands() const override;

private:
    enum class Shown : quint8 { InForce, Waiting, Troubled, EndsSoon, All };
    void registerAsOf();
    void buildList();
    void addDomainFilter();
    void addStateFilter();
    void addSubjectFilter();
    void setSubject(const Selection& subject);
    struct Loaded {
        std::shared_ptr<const LastUse> use;
        std::vector<GrantRow> rows;
        std::optional<catalog::Grant> worst;
    };
    /// What the tab says of them.
    struct Counted {
        qint64 inForce = 0;
        bool isTroubled = false;
    };
    [[nodiscard]] NewestJob<Counted>::Work count() const;
    void loadRows();
    void showRows(std::vector<GrantRow> rows);
    void showCurrent();
    void sayTrouble();
    void sayOutcome(Tone tone, const QString& sentence);
    [[nodiscard]] bool isShown(const GrantRow& row) const;

    GrantsModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    GrantPanel* m_panel = nullptr;
    GrantActions* m_actions = nullptr;
    DomainFilter* m_domain = nullptr;
    Selection m_subject; ///< topic or product whose grants are shown; none: all
    Button* m_subjectButton = nullptr;
    Shown m_shown = Shown::InForce;
    std::shared_ptr<const LastUse> m_use = std::make_shared<const LastUse>();
    bool m_isUseOld = true;
    NewestJob<Counted> m_count;            ///< over all that is granted: beside the window
    std::optional<catalog::Grant> m_worst; ///< of the rows: what the message tells of
    QString m_wanted;
    bool m_isFollowing = false;
    bool m_saysOutcome = false; ///< the message tells what was done, until the grants change
};

} // namespace meshbone::ui
