// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/service/schemas_projection.h"
#include "schema/service/schemas_topic.h"
#include "schema/service/shared_registry.h"

#include <backbone/client.h>

#include <thread>

namespace meshbone::backbone {
class Backbone;
}

namespace meshbone::catalog {

/// Follows the topic _schemas on the thread "mb-schemas" and applies what is in it; comes back by itself when the
/// backbone was away. Where there is no topic, the registry is ready, and empty. Where there is a projection, it begins
/// with what that has and reads the rest, once it is sure that the projection is of this very topic.
class SchemasReader {
public:
    /// All are borrowed and outlive it; no projection: the topic is read from its beginning.
    SchemasReader(backbone::Backbone& backbone, SharedRegistry& registry, SchemasProjection* projection = nullptr);
    ~SchemasReader();
    void start();
    void stop();

private:
    /// A record that the topic must have, if it has any at that offset: compaction may have taken it.
    struct LastKept {
        Offset offset{0};
        std::int64_t sum = 0;
    };
    void run(const std::stop_token& stop);
    void beginWithKept();
    Status follow(const std::stop_token& stop);
    /// Why what is known isn't of this topic; empty: it is, as far as is known before it is read.
    std::string differenceTo(const FoundTopic& found) const;
    void forget(const std::string& why);
    Result<std::unique_ptr<backbone::Consumer>> openAt(Offset offset);
    Status read(backbone::Consumer& consumer, const FoundTopic& found, const std::stop_token& stop);
    /// Whether the record that was applied last is still the same; nothing: that isn't known yet.
    std::optional<bool> isSame(const std::vector<Record>& records, Offset position) const;
    void apply(const std::vector<Record>& records, Offset position, const std::stop_token& stop);

    backbone::Backbone& m_backbone;
    SharedRegistry& m_registry;
    SchemasProjection* m_projection;
    std::optional<SchemasSource> m_source; ///< of what is applied; of "mb-schemas", as the one below
    std::optional<LastKept> m_unchecked;   ///< of the projection, until it was found in the topic
    std::jthread m_thread;
};

} // namespace meshbone::catalog
