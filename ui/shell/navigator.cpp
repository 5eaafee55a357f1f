// SPDX-License-Identifier: Apache-2.0
#include "shell/navigator.h"

namespace meshbone::ui {

namespace {
constexpr qsizetype kHistory = 100;

void push(QList<Place>& stack, const Place& place) {
    stack.append(place);
    if (stack.size() > kHistory) {
        stack.removeFirst();
    }
}
} // namespace

void Navigator::goTo(const QString& page) {
    goTo(page, m_place.selection);
}

void Navigator::goTo(const QString& page, const Selection& selection) {
    const Place next{page, selection};
    if (next == m_place) {
        return;
    }
    if (!m_place.page.isEmpty()) {
        push(m_back, m_place);
    }
    m_forward.clear();
    move(next);
    emit historyChanged();
}

void Navigator::select(const Selection& selection) {
    move({m_place.page, selection});
}

void Navigator::back() {
    if (!m_back.isEmpty()) {
        push(m_forward, m_place);
        move(m_back.takeLast());
        emit historyChanged();
    }
}

void Navigator::forward() {
    if (!m_forward.isEmpty()) {
        push(m_back, m_place);
        move(m_forward.takeLast());
        emit historyChanged();
    }
}

void Navigator::move(const Place& place) {
    if (place == m_place) {
        return;
    }
    const bool pageChanged = place.page != m_place.page;
    const bool selectionDiffers = place.selection != m_place.selection;
    m_place = place;
    if (pageChanged) {
        emit placeChanged(m_place);
    }
    if (selectionDiffers) {
        emit selectionChanged(m_place.selection);
    }
}

} // namespace meshbone::ui
