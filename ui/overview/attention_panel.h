// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/panel.h"

class QScrollArea;

namespace meshbone::ui {

/// "Needs attention": one line a finding with the button that leads to its remedy.
class AttentionPanel : public Panel {
    Q_OBJECT
public:
    explicit AttentionPanel(PageContext& context, QWidget* parent = nullptr);

private:
    void rebuild();
    PageContext& m_context;
    QScrollArea* m_scroll = nullptr;
    QWidget* m_list = nullptr;
    QList<QString> m_shown; ///< what stands there, so that nothing is built anew under the mouse
};

} // namespace meshbone::ui
