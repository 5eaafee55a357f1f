// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/publisher.h"
#include "store/store.h"

#include <backbone/backbone.h>

#include <memory>
#include <vector>

namespace meshbone::lineage {

/// The evidence topic on a backbone: makes it when it is missing, reads it from an offset, writes to it. One thread at
/// a time; calls block for a few seconds at most.
class EvidenceTopic {
public:
    explicit EvidenceTopic(backbone::Backbone& backbone)
        : m_backbone(backbone) {}

    /// Makes the topic if `create`, else fails with NotFound where it is missing; starts to read it after `followed`.
    /// Returns where to read on from: the same, or the beginning where the topic turned out to be another one or
    /// shorter than what was followed.
    Result<Followed> connect(const Followed& followed, bool create, const std::stop_token& stop);
    void disconnect();
    [[nodiscard]] bool connected() const { return m_consumer != nullptr; }

    Result<std::vector<Record>> poll(std::chrono::milliseconds timeout);
    /// True once everything has been read that the topic held when it was connected.
    bool caughtUp(Offset next);

    /// The offset after the last record that the topic holds now.
    Result<Offset> end(const CallOptions& options);

    struct Written {
        std::vector<const Outgoing*> acknowledged;
        Offset next{0}; ///< one past the last record that was written
        Status status;  ///< the first failure
    };
    Written write(const std::vector<Outgoing>& records, const CallOptions& options);

private:
    Result<std::string> ensureTopic(bool create, const CallOptions& options);

    backbone::Backbone& m_backbone;
    std::unique_ptr<backbone::Consumer> m_consumer;
    std::unique_ptr<backbone::Producer> m_producer;
    Offset m_end{0};
};

} // namespace meshbone::lineage
