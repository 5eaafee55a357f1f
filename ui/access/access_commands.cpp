// SPDX-License-Identifier: Apache-2.0
#include "access/access_page.h"

namespace meshbone::ui {

void installAccessCommands(PageContext& context) {
    Q_UNUSED(context)
}

} // namespace meshbone::ui
