// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/broker_config.h"
#include "broker/lines/line_journal.h"

#include <backbone/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace meshbone::backbone::broker {

struct StoredTopic {
    std::string name;
    TopicId id;
    std::int32_t partitions = 0;
    ConfigMap overrides;
};

/// What is remembered of a deleted topic's name: a topic of that name that is created again must not go back in epochs,
/// and directories of the old one that a crash left behind are known by its id.
struct DeletedTopic {
    std::string name;
    TopicId id;
    LeaderEpoch lastEpoch{0};
};

/// What the store holds.
struct StoredState {
    std::map<std::string, StoredTopic, std::less<>> topics;
    std::map<std::string, DeletedTopic, std::less<>> deleted;
    ConfigMap nodeConfig;    ///< dynamic broker configuration for this broker
    ConfigMap clusterConfig; ///< and for all
};

/// Topics and changed broker configuration on disk, in a LineJournal. Loop thread only once it is open.
///
///     meshbone-topics 1
///     <crc> topic <name> <id> <partitions> [<key>=<value> ...]
///     <crc> deleted <name> <id> <last leader epoch>
///     <crc> broker node|cluster [<key>=<value> ...]
///
/// Names, keys and values are encoded as line_text.h says.
class TopicStore {
public:
    static Result<std::unique_ptr<TopicStore>> open(FileSystem& files, std::filesystem::path path);

    [[nodiscard]] const StoredState& state() const { return m_state; }
    Status put(StoredTopic topic);
    Status erase(DeletedTopic topic);
    Status putBrokerConfig(bool nodeOnly, ConfigMap values);

private:
    TopicStore(FileSystem& files, std::filesystem::path path);

    StoredState m_state;
    LineJournal m_journal;
};

} // namespace meshbone::backbone::broker
