// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_state.h"

#include <catalog/schema_registry.h>

#include <backbone/error.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace meshbone::catalog {

/// Which topic it is: one that was made again under its name, or that lost its beginning, is another.
struct SchemasSource {
    std::string topicId; ///< Kafka's; empty: the cluster tells none
    Offset logStart{0};
    friend bool operator==(const SchemasSource&, const SchemasSource&) = default;
};

/// How far a topic's records are applied.
struct SchemasPosition {
    SchemasSource source;
    Offset last = kNoOffset;  ///< the last record that was applied; none: nothing was
    std::int64_t lastSum = 0; ///< of its key and value: a topic with another record there isn't the same
    RegistryStatus counts;    ///< of the records so far; stage and reason aren't kept
};

/// What the records of the topic _schemas add up to, in one SQLite file, so that a registry needn't read its topic from
/// the beginning at each start. A projection: it can be deleted at any time. Owned by SchemasProjection; one thread at
/// a time. Errors as those of Database::open; Corrupt also for rows that aren't what was written.
class SchemasStore {
public:
    /// Makes the file (mode 0600) where there is none. `onStep` is for crash tests.
    static Result<std::unique_ptr<SchemasStore>> open(const std::filesystem::path& path,
                                                      std::function<void(std::string_view)> onStep = {});
    ~SchemasStore();
    SchemasStore(const SchemasStore&) = delete;
    SchemasStore& operator=(const SchemasStore&) = delete;

    [[nodiscard]] Result<SchemasPosition> position();
    [[nodiscard]] Result<RegistryState> load();
    /// What records changed, with the position after them, in one transaction: all or nothing.
    Status apply(std::span<const RegistryChanges> changes, const SchemasPosition& position);
    /// Forgets all: the topic is another one.
    Status clear(const SchemasSource& source);
    /// Puts everything into the one file and closes it; nothing may be called after it.
    Status close();

private:
    struct State;
    explicit SchemasStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace meshbone::catalog
