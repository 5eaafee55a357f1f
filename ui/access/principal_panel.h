// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/principal_rows.h"
#include "shell/page.h"
#include "widgets/inspector.h"

#include <optional>

namespace meshbone::ui {

/// One principal: who it is, how it logs in, its grants, its ACLs as they stand, and what it may read and write by
/// them.
class PrincipalPanel : public Inspector {
    Q_OBJECT
public:
    explicit PrincipalPanel(PageContext& context, QWidget* parent = nullptr);
    void show(const PrincipalRow& row, std::shared_ptr<const PrincipalSources> sources);
    void clear();
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

signals:
    void endPasswordAsked(meshbone::backbone::ScramMechanism mechanism);

private:
    void fill();
    void readReach();
    void addWho();
    void addLogin();
    void addGrants();
    void addAcls();
    void addReach(const QString& title, const std::vector<std::string>& topics);
    void addCommand(const QString& id, const QString& text, bool primary = false);
    PageContext& m_context;
    std::optional<PrincipalRow> m_row;
    std::shared_ptr<const PrincipalSources> m_sources;
    std::optional<PrincipalReach> m_reach;
};

} // namespace meshbone::ui
