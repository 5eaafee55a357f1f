// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

namespace meshbone::backbone::broker {

class FetchWait;

/// Where a waiting fetch hangs at one partition: a node of the partition's intrusive list.
struct WaitNode {
    explicit WaitNode(FetchWait& fetch)
        : owner(&fetch) {}
    WaitNode(const WaitNode&) = delete;
    WaitNode& operator=(const WaitNode&) = delete;
    ~WaitNode() { unlink(); }

    void unlink();

    FetchWait* owner;
    WaitNode* next = nullptr;
    WaitNode** link = nullptr; ///< what points at this node; null: not linked
};

/// The fetches that wait at one partition. A landing batch walks only this list. 8 bytes while nobody waits.
class WaitList {
public:
    WaitList() = default;
    WaitList(const WaitList&) = delete;
    WaitList& operator=(const WaitList&) = delete;
    ~WaitList();

    void add(WaitNode& node);
    /// `bytes` more may be read: tells each fetch, which may ask to be woken.
    void gained(std::uint64_t bytes);
    /// Wakes all of them, whatever they wait for (the topic is going, the log failed).
    void wakeAll();

private:
    template <class Use>
    void forEach(Use use);
    WaitNode* m_first = nullptr; ///< null, or the first of a chain that ends with null
};

/// A fetch that waits for bytes. Loop thread only.
class FetchWait : public std::enable_shared_from_this<FetchWait> {
public:
    virtual ~FetchWait() = default;

    void waitAt(WaitList& list);
    void leaveAll() { m_nodes.clear(); }

    /// Called by a list.
    void gained(std::uint64_t bytes) {
        m_gainedBytes += bytes;
        if (m_gainedBytes >= m_neededBytes) {
            wakeSoon();
        }
    }
    /// Arranges that the fetch is tried again after this turn's answers have been written. May be called repeatedly.
    virtual void wakeSoon() = 0;

protected:
    std::uint64_t m_neededBytes = 1;
    std::uint64_t m_gainedBytes = 0;

private:
    std::deque<WaitNode> m_nodes;
};

} // namespace meshbone::backbone::broker
