// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/grants_model.h"
#include "shell/page.h"
#include "widgets/inspector.h"

namespace meshbone::ui {

/// What would end with it, a few sentences: bindings that no other grant wants, and whose clients use them.
QString endEffectText(const CatalogView& catalog, const catalog::Grant& grant, std::optional<TimestampMs> lastUsedMs);

/// One grant: who agreed to what, until when, and what became of each of its bindings on the backbone.
class GrantPanel : public Inspector {
    Q_OBJECT
public:
    /// A command whose button stands at its end.
    struct Act {
        QString command, title;
        bool isDestructive = false;
    };
    /// `acts`: the first is the primary one; none: what can be done with a grant at any time.
    explicit GrantPanel(PageContext& context, QList<Act> acts = {}, QWidget* parent = nullptr);
    void show(const GrantRow& row);

private:
    void addTerms(const GrantRow& row);
    void addEnforcement(const GrantRow& row);
    void addDecisions(const catalog::Grant& grant);
    void addCommands();
    PageContext& m_context;
    QList<Act> m_acts;
};

} // namespace meshbone::ui
