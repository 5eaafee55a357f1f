// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/grants_model.h"
#include "shell/page.h"
#include "widgets/inspector.h"

namespace meshbone::ui {

/// One grant: who agreed to what, until when, and what became of each of its bindings on the backbone.
class GrantPanel : public Inspector {
    Q_OBJECT
public:
    explicit GrantPanel(PageContext& context, QWidget* parent = nullptr);
    void show(const GrantRow& row);

private:
    void addTerms(const GrantRow& row);
    void addEnforcement(const GrantRow& row);
    void addDecisions(const catalog::Grant& grant);
    void addCommands();
    PageContext& m_context;
};

} // namespace meshbone::ui
