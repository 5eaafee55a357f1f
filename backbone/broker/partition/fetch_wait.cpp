// SPDX-License-Identifier: Apache-2.0
#include "broker/partition/fetch_wait.h"

namespace meshbone::backbone::broker {

void WaitNode::unlink() {
    if (link == nullptr) {
        return;
    }
    *link = next;
    if (next != nullptr) {
        next->link = link;
    }
    link = nullptr;
    next = nullptr;
}

WaitList::~WaitList() {
    while (m_first != nullptr) {
        m_first->unlink();
    }
}

void WaitList::add(WaitNode& node) {
    node.unlink();
    node.next = m_first;
    node.link = &m_first;
    if (m_first != nullptr) {
        m_first->link = &node.next;
    }
    m_first = &node;
}

template <class Use>
void WaitList::forEach(Use use) {
    for (auto* node = m_first; node != nullptr;) {
        auto* const next = node->next; // waking only queues the fetch: the list stays as it is meanwhile
        use(*node->owner);
        node = next;
    }
}

void WaitList::gained(std::uint64_t bytes) {
    forEach([bytes](FetchWait& fetch) { fetch.gained(bytes); });
}

void WaitList::wakeAll() {
    forEach([](FetchWait& fetch) { fetch.wakeSoon(); });
}

void FetchWait::waitAt(WaitList& list) {
    list.add(m_nodes.emplace_back(*this));
}

} // namespace meshbone::backbone::broker
