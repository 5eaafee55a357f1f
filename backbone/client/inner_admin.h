// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>

#include <memory>

namespace meshbone::backbone {

/// Admin with what the other parts of this module need and its public interface leaves out. Thread-safe, as Admin is.
class InnerAdmin : public Admin {
public:
    /// An answer of offsets() with its leader epoch and its own error.
    struct ListedOffset {
        OffsetAnswer answer;
        LeaderEpoch leaderEpoch{-1};
        int errorCode = 0; ///< of this partition; the others' answers stay good
    };
    /// One ListOffsets call at one isolation level, at most one query a partition. With `readCommitted`, Latest is the
    /// last stable offset.
    virtual Result<std::vector<ListedOffset>> listOffsets(const std::vector<OffsetQuery>& queries, bool readCommitted,
                                                          const CallOptions& options) = 0;
    /// Names, partition counts and replication factors of all topics, by one metadata request; no ids.
    virtual Result<std::vector<TopicSummary>> topicNames(const CallOptions& options) = 0;

    /// The identity of a topic and its partitions, without offsets.
    struct TopicShape {
        TopicSummary summary;
        std::vector<PartitionDetail> partitions;
    };
    virtual Result<TopicShape> describeTopic(const std::string& topic, const CallOptions& options) = 0;
};

Result<std::unique_ptr<InnerAdmin>> openInnerAdmin(const Profile& profile);

} // namespace meshbone::backbone
