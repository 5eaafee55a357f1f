// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_registry.h>

#include <backbone/http.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace meshbone::backbone {
class Backbone;
}

namespace meshbone::catalog {

class SchemaAudience;
class SchemaFetches;
class SchemaGuard;

/// What a request does to a subject, for who may do it.
enum class RegistryAction : std::uint8_t { Read, Write, Delete, ReadSettings, WriteSettings };
std::string_view registryActionName(RegistryAction action); ///< "Read"

struct SchemaServiceOptions {
    /// Whether a principal may do this; the subject is empty for what concerns all of them. Null: everybody may. Called
    /// on whatever thread serves.
    std::function<bool(const std::string& principal, RegistryAction action, const std::string& subject)> mayDo;
    SchemaGuard* guard = nullptr; ///< gets its rules from the registry; borrowed, and outlives the service
    /// Who meets what a refused change was about, for the refusal's words; borrowed, and outlives the service. Null:
    /// nobody is known.
    SchemaAudience* audience = nullptr;
    /// Where who asked for which schema is noted; borrowed, and outlives the service. Null: it is known until the end
    /// only.
    SchemaFetches* fetches = nullptr;
    /// A file for what the topic adds up to, so that a start needn't read the topic from its beginning. Only a help:
    /// where it is missing, damaged or of another topic it is made again. Empty: nothing is kept.
    std::filesystem::path projection;
    /// A sentence for the log, of what went wrong and was mended; called on the service's threads. Null: nobody reads
    /// it.
    std::function<void(const std::string& sentence)> tell;
    std::string clusterId; ///< of the backbone, for who asks the registry
    std::string version;   ///< of the program
};

/// A schema registry over the topic _schemas of a backbone, with Confluent's REST surface. Reads what others write to
/// the topic too; one registry writes to it at a time. Notes who asked for which schema. Owned by app. Threads of its
/// own: "mb-schemas" reads, "mb-register" writes, "mb-project" keeps what was read, two "mb-check" judge schemas,
/// "mb-refuse" finds words for refusals. All functions may be called from any thread.
class SchemaService {
public:
    virtual ~SchemaService() = default; ///< stop()
    /// The backbone is borrowed and outlives it. Doesn't wait until what is there was read.
    static std::unique_ptr<SchemaService> start(backbone::Backbone& backbone, SchemaServiceOptions options);

    /// A request of its REST surface: for an HttpServer. What is only read is answered at once.
    virtual void serve(backbone::HttpRequest request, backbone::HttpReply reply) = 0;
    [[nodiscard]] virtual RegistryStatus status() const = 0;
    /// Waits until it is ready, has failed, or the time is over.
    virtual RegistryStatus waitReady(std::chrono::milliseconds timeout) const = 0;
    /// Told after each change, on one of its threads.
    virtual Subscription onChanged(std::function<void()> changed) = 0;
    /// Answers what waits with an error, and ends the threads.
    virtual void stop() = 0;
};

} // namespace meshbone::catalog
