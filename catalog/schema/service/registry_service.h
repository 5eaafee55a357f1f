// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/service/schemas_reader.h"
#include "schema/service/schemas_writer.h"

namespace meshbone::catalog {

struct RegistryServiceOptions {
    std::filesystem::path projection; ///< the file that keeps what the topic adds up to; empty: nothing is kept
    SchemasProjection::Tell tell;     ///< a sentence for the log; called on the service's threads
};

/// A schema registry over the topic _schemas of a backbone: the log is the truth, what is in memory follows from it.
/// Reads what others write too. While the backbone is away, what is known can still be read.
///
/// Two registries that write to one topic at once could give one id twice: the topic has one writer, as with
/// Confluent's (where it is elected). What contradicts an id that is known isn't taken, and counted as unreadable.
///
/// Threads of its own: "mb-schemas" reads, "mb-register" writes; "mb-project" keeps what was applied, where that is
/// wanted. All functions may be called from any thread.
class RegistryService {
public:
    /// The backbone is borrowed and outlives it.
    explicit RegistryService(backbone::Backbone& backbone, const RegistryServiceOptions& options = {})
        : m_projection(options.projection.empty()
                           ? nullptr
                           : std::make_unique<SchemasProjection>(options.projection, options.tell))
        , m_registry(m_projection.get())
        , m_reader(backbone, m_registry, m_projection.get())
        , m_writer(backbone, m_registry) {}
    ~RegistryService() { stop(); }
    RegistryService(const RegistryService&) = delete;
    RegistryService& operator=(const RegistryService&) = delete;

    void start() {
        m_reader.start();
        m_writer.start();
    }
    void stop() {
        m_writer.stop();
        m_reader.stop();
        if (m_projection) {
            m_projection->stop();
        }
    }

    [[nodiscard]] SharedRegistry& registry() { return m_registry; }
    [[nodiscard]] const SharedRegistry& registry() const { return m_registry; }
    [[nodiscard]] ParsedCache& cache() { return m_cache; }

    /// Decides on the thread "mb-register", and calls `done` there with what was decided, when it is on the log.
    /// `decide` returns a value with the member `records`.
    template <class Value>
    void change(std::move_only_function<RegistryResult<Value>(const RegistryState&, ParsedCache&)> decide,
                std::move_only_function<void(RegistryResult<Value>)> done) {
        auto value = std::make_shared<std::optional<Value>>();
        m_writer.change(
            [this, value, decide = std::move(decide)](
                const RegistryState& state) mutable -> RegistryResult<std::vector<RegistryRecord>> {
                auto decided = decide(state, m_cache);
                if (!decided) {
                    return std::unexpected(decided.error());
                }
                auto records = decided->records;
                *value = std::move(*decided);
                return records;
            },
            [value, done = std::move(done)](RegistryResult<void> result) mutable {
                done(result ? RegistryResult<Value>(std::move(**value)) : std::unexpected(result.error()));
            });
    }

private:
    ParsedCache m_cache;
    std::unique_ptr<SchemasProjection> m_projection; ///< null: nothing is kept
    SharedRegistry m_registry;
    SchemasReader m_reader;
    SchemasWriter m_writer;
};

} // namespace meshbone::catalog
