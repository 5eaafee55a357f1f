// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_view.h"
#include "access/campaigns_model.h"

namespace meshbone::ui {

class Button;
class GrantPanel;
class ListPanel;

/// Grants that a product's owner is asked to keep or to drop, with when each was last used. Y keeps, N drops.
class CampaignsView : public AccessView {
    Q_OBJECT
public:
    explicit CampaignsView(PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] bool isSettled() const override;
    void entered() override;
    void refresh() override;
    void showSelection(const Selection& selection) override;
    void focusFilter() override;
    [[nodiscard]] QStringList headerCommands() const override;

private:
    void registerCommands();
    void buildList();
    void addClosedFilter();
    void readUse();
    void showRows();
    void showCurrent();
    void answer(bool keep, const QString& why);
    void askWhy();
    void close();
    void say(Tone tone, const QString& sentence);
    [[nodiscard]] QString whyNoAnswer() const;
    [[nodiscard]] std::vector<CampaignRow> open() const; ///< of the chosen rows, those to be answered
    [[nodiscard]] const CampaignRow* current() const;

    CampaignsModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    GrantPanel* m_panel = nullptr;
    LastUse m_use;
    QString m_product; ///< what the form suggests
    bool m_withClosed = false;
    bool m_isWriting = false;
};

} // namespace meshbone::ui
