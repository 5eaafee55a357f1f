// SPDX-License-Identifier: Apache-2.0
#include "widgets/free_beside.h"

#include <QCoreApplication>
#include <QThreadPool>

#include <utility>

namespace meshbone::ui {

void freeBeside(std::function<void()> free) {
    if (QCoreApplication::instance() == nullptr) {
        free(); // nobody waits for the pool any more
        return;
    }
    QThreadPool::globalInstance()->start(std::move(free));
}

} // namespace meshbone::ui
