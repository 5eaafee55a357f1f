// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/entry.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::lineage {

/// One record of the topic, applied: the key's new state, or none where it was deleted.
struct Applied {
    std::string key;
    std::optional<Entry> entry;
};

/// How far the topic has been followed.
struct Followed {
    std::string topicId; ///< Kafka's id of the topic, empty: not known
    Offset next{0};      ///< the offset that is read next
};

/// Everything that the database holds.
struct Stored {
    Followed followed;
    std::vector<std::pair<std::string, Entry>> entries; ///< by record key
    std::vector<std::string> nodeKeys;                  ///< by node id
};

/// The SQLite projection of the evidence topic; can be deleted and rebuilt from it, except for node ids. The only place
/// in lineage that sees SQLite. One thread at a time. Format: lineage/README.md, "Database".
class Store {
public:
    static constexpr int kApplicationId = 0x4d424c4e; ///< "MBLN"
    static constexpr int kVersion = 2;

    ~Store();
    Store(Store&&) noexcept;

    /// Creates the file when it is missing. Fails with Corrupt (damaged, or not a lineage database), Unsupported (from
    /// a newer version), Locked or Io; such a file is left as it is.
    static Result<Store> open(const std::filesystem::path& file);

    Result<Stored> load();
    /// Applies records and the offset after them in one transaction.
    Status apply(const std::vector<Applied>& records, const Followed& followed);
    /// Adds the node keys from the id `first` on.
    Status addNodes(std::size_t first, const std::vector<std::string>& keys);
    /// Forgets all evidence, because the topic is another one than before; node ids stay.
    Status clear(const Followed& followed);

private:
    struct Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace meshbone::lineage
