// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace meshbone::backbone::broker {

/// A queue that costs 32 bytes while it is empty (a std::deque costs 600, and there are two for each partition).
template <class T>
class Fifo {
public:
    [[nodiscard]] bool empty() const { return m_first == m_items.size(); }
    [[nodiscard]] std::size_t size() const { return m_items.size() - m_first; }
    [[nodiscard]] T& front() { return m_items[m_first]; }
    [[nodiscard]] const T& back() const { return m_items.back(); }
    void push(T item) { m_items.push_back(std::move(item)); }

    T pop() {
        T item = std::move(m_items[m_first++]);
        if (m_first == m_items.size()) {
            m_items.clear();
            m_first = 0;
        } else if (m_first >= kTidyAt && m_first * 2 >= m_items.size()) {
            m_items.erase(m_items.begin(), m_items.begin() + static_cast<std::ptrdiff_t>(m_first));
            m_first = 0;
        }
        return item;
    }

private:
    static constexpr std::size_t kTidyAt = 64;
    std::vector<T> m_items;
    std::size_t m_first = 0;
};

} // namespace meshbone::backbone::broker
