// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/broker_config.h"
#include "log/file_system.h"

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

/// Topics and changed broker configuration on disk: a journal of lines, each with its CRC-32C, appended and synced
/// before a change is answered, rewritten when it has grown. A torn last line is dropped, since nobody was told that it
/// is there; a damaged line further up is Corrupt. Loop thread only once it is open.
///
///     meshbone-topics 1
///     <crc> topic <name> <id> <partitions> [<key>=<value> ...]
///     <crc> deleted <name> <id> <last leader epoch>
///     <crc> broker node|cluster [<key>=<value> ...]
///
/// Everything but letters, digits and ".,_-:" is percent-encoded.
class TopicStore {
public:
    static Result<std::unique_ptr<TopicStore>> open(FileSystem& files, std::filesystem::path path);

    [[nodiscard]] const StoredState& state() const { return m_state; }
    Status put(StoredTopic topic);
    Status erase(DeletedTopic topic);
    Status putBrokerConfig(bool nodeOnly, ConfigMap values);

private:
    TopicStore(FileSystem& files, std::filesystem::path path)
        : m_files(files)
        , m_path(std::move(path)) {}
    Status load();
    Status append(const std::string& line);
    Status rewrite();

    FileSystem& m_files;
    std::filesystem::path m_path;
    StoredState m_state;
    std::shared_ptr<File> m_file;
    std::uint64_t m_sizeBytes = 0;
    std::uint64_t m_rewriteAtBytes = 0;
};

} // namespace meshbone::backbone::broker
