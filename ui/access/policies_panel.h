// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/panel.h"

#include <catalog/access.h>

class QVBoxLayout;

namespace meshbone::ui {

class AskingSection;
class Button;
class Label;
class PolicyTrial;

/// Beside the policies: whose word counts, who may ask, what is classified, and what the rules would say of a request.
class PoliciesPanel : public Ground {
    Q_OBJECT
public:
    explicit PoliciesPanel(PageContext& context, QWidget* parent = nullptr);
    void refresh();
    [[nodiscard]] bool isSettled() const;

signals:
    void classifyAsked(const meshbone::catalog::Classified& known);

private:
    void addHeading(const QString& title, const QString& command);
    void showRoles();
    void showClasses();
    PageContext& m_context;
    QVBoxLayout* m_body = nullptr;
    Label* m_roles = nullptr;
    AskingSection* m_asking = nullptr;
    QVBoxLayout* m_classes = nullptr;
    PolicyTrial* m_trial = nullptr;
};

} // namespace meshbone::ui
