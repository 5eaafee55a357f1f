// SPDX-License-Identifier: Apache-2.0
#include "access/access_view.h"

namespace meshbone::ui {

AccessView::AccessView(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {}

bool AccessView::isCurrent() const {
    return m_context.navigator.page() == kAccessPage && isVisible();
}

void AccessView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_context.commands.refresh();
}

} // namespace meshbone::ui
