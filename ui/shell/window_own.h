// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

namespace meshbone::ui {

/// The one object of this class that a window owns for all of its pages; made when it is first asked for. Its
/// constructor takes the context and makes it a child of the window, `context.feed.parent()`. GUI thread.
template <class Own>
Own& windowsOwn(PageContext& context) {
    auto* own = context.feed.parent()->template findChild<Own*>({}, Qt::FindDirectChildrenOnly);
    return own != nullptr ? *own : *new Own(context);
}

} // namespace meshbone::ui
