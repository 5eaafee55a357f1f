// SPDX-License-Identifier: Apache-2.0
#include "widgets/later_stack.h"

#include <algorithm>
#include <utility>

namespace meshbone::ui {

LaterStack::LaterStack(QWidget* parent)
    : QStackedWidget(parent) {
    m_rest.setInterval(0);
    connect(&m_rest, &QTimer::timeout, this, &LaterStack::makeNext);
}

void LaterStack::add(QWidget* page) {
    m_pages.push_back({{}, page});
    addWidget(page);
}

void LaterStack::addLater(std::function<QWidget*()> make) {
    m_pages.push_back({std::move(make), nullptr});
    m_rest.start();
}

void LaterStack::showPage(int index) {
    make(index);
    if (page(index) != nullptr) { // else it is being made
        setCurrentWidget(page(index));
    }
}

void LaterStack::make(int index) {
    auto& later = m_pages[static_cast<std::size_t>(index)];
    if (const auto make = std::exchange(later.make, {})) {
        later.widget = make();
        addWidget(later.widget);
    }
}

void LaterStack::makeNext() {
    const auto next = std::ranges::find_if(m_pages, [](const Later& later) { return later.make != nullptr; });
    if (next == m_pages.end()) {
        m_rest.stop();
        return;
    }
    const auto index = static_cast<int>(next - m_pages.begin());
    make(index);
    emit madeAhead(index);
}

} // namespace meshbone::ui
