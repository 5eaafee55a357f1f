// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_book.h>

#include <backbone/client.h>
#include <backbone/http_client.h>

#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace meshbone::app::demo {

/// A client's serializer and deserializer, as Confluent's are: schemas of what it writes are registered first, those of
/// what it reads are asked for by the ids in the bytes, once each. Without a registry events stay plain JSON. One
/// thread.
class EventCodec {
public:
    /// `registry` without a URL: there is none. The user is the client's own.
    static Result<EventCodec> open(backbone::HttpClientOptions registry, const backbone::Profile& profile,
                                   std::stop_token stop);

    /// Registers all versions of the topics' schemas; those that are there already stay what they are.
    Status announce(const std::vector<std::string>& topics);
    /// How many versions a topic's events can be written in; 0: there is no registry.
    [[nodiscard]] std::size_t versionsOf(const std::string& topic) const;
    /// An event of the newest version, written in that or in the older one of that index.
    [[nodiscard]] Result<Bytes> encode(const std::string& topic, std::optional<std::size_t> version,
                                       const std::string& json) const;
    /// The record with its value as JSON. What isn't framed, or can't be read, stays as it is.
    Result<Record> decoded(Record record);

private:
    EventCodec(std::unique_ptr<catalog::SchemaRegistry> registry, std::stop_token stop)
        : m_registry(std::move(registry))
        , m_stop(std::move(stop)) {}
    void keep(catalog::SchemaVersion version);
    Status fetch(catalog::SchemaId id, const std::string& topic);
    [[nodiscard]] CallOptions call() const { return {std::chrono::seconds(15), m_stop}; }

    std::unique_ptr<catalog::SchemaRegistry> m_registry; ///< null: there is none
    std::stop_token m_stop;
    std::map<std::string, std::vector<catalog::SchemaVersion>> m_written; ///< by topic, oldest first
    std::vector<catalog::SchemaVersion> m_known;
    std::set<catalog::SchemaId> m_unknown; ///< ids that the registry doesn't have
    catalog::SchemaBookPtr m_book = std::make_shared<const catalog::SchemaBook>();
};

} // namespace meshbone::app::demo
