// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <utility>

namespace meshbone::ui {

/// Runs `free` on a thread of the program's pool; here and now where that is over. Any thread.
void freeBeside(std::function<void()> free);

/// Like std::make_shared, but taken apart beside the window, whoever lets go of it last: freeing what is told of ten
/// thousands of topics takes longer than a frame.
template <class T, class... Args>
std::shared_ptr<T> makeFreedBeside(Args&&... args) {
    return std::shared_ptr<T>(new T(std::forward<Args>(args)...), [](T* gone) { freeBeside([gone] { delete gone; }); });
}

/// The same of a vector that was a member; a short one is freed here and now.
template <class Rows>
void freeRowsBeside(Rows rows) {
    constexpr std::size_t kMany = 1000;
    if (rows.size() >= kMany) {
        (void)makeFreedBeside<Rows>(std::move(rows)); // let go of at once
    }
}

} // namespace meshbone::ui
