// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_book.h>

namespace meshbone::test {

/// Two versions of the values of the topic "aviation.flights": Avro with a union of two types and a time.
inline std::vector<catalog::SchemaVersion> exampleFlightSchemas() {
    const auto version = [](int number, std::string fields) {
        catalog::SchemaVersion made;
        made.subject = "aviation.flights-value";
        made.version = number;
        made.id = catalog::SchemaId(6 + number);
        made.definition = std::make_shared<const catalog::SchemaDefinition>(catalog::SchemaDefinition{
            catalog::SchemaType::Avro, R"({"type":"record","name":"Flight","fields":[)" + fields + "]}", {}, {}, {}});
        return made;
    };
    const std::string first = R"({"name":"origin","type":"string"},{"name":"delayMinutes","type":"int"})";
    return {
        version(1, first),
        version(2, first +
                       R"(,{"name":"departedAt","type":{"type":"long","logicalType":"timestamp-millis"},"default":0})"
                       R"(,{"name":"gate","type":["null","int","string"],"default":null})")};
}

/// A record whose value the newest of these wrote.
inline Record framedFlight(const catalog::SchemaBook& book, const std::string& gate) {
    Record record;
    record.topic = "aviation.flights";
    record.partition = Partition(0);
    record.offset = Offset(0);
    record.timestampMs = 1'517'932'242'400;
    record.key = "SFO";
    record.value = *book.encode(*book.latest("aviation.flights-value"),
                                R"({"origin":"SFO","delayMinutes":17,"departedAt":"2018-02-06T15:50:42.400Z","gate":)" +
                                    gate + "}");
    return record;
}

/// A registry that only shows what it was made with.
class ShownRegistry : public catalog::SchemaRegistry {
public:
    explicit ShownRegistry(std::vector<catalog::SchemaVersion> versions)
        : m_versions(std::move(versions)) {}
    [[nodiscard]] const std::string& url() const override { return m_url; }
    Result<std::vector<catalog::SchemaVersion>> versions(const CallOptions&) override { return m_versions; }
    Result<std::vector<catalog::SubjectSettings>> settings(const std::vector<std::string>&,
                                                           const CallOptions&) override {
        return std::vector<catalog::SubjectSettings>{};
    }
    Result<catalog::SchemaVersion> version(const std::string&, int, const CallOptions&) override {
        return std::unexpected(no());
    }
    Result<catalog::SchemaDefinition> byId(catalog::SchemaId, const std::string&, const CallOptions&) override {
        return std::unexpected(no());
    }
    std::expected<catalog::RegisteredSchema, catalog::RegistryFailure>
    registerSchema(const std::string&, const catalog::SchemaDefinition&, bool, const CallOptions&) override {
        return std::unexpected(catalog::RegistryFailure{no(), 0});
    }
    std::expected<Check, catalog::RegistryFailure> check(const std::string&, const catalog::SchemaDefinition&,
                                                         const CallOptions&) override {
        return std::unexpected(catalog::RegistryFailure{no(), 0});
    }
    Status deleteVersion(const std::string&, int, bool, const CallOptions&) override { return std::unexpected(no()); }
    Status deleteSubject(const std::string&, bool, const CallOptions&) override { return std::unexpected(no()); }
    Status restoreVersion(const std::string&, int, const CallOptions&) override { return std::unexpected(no()); }
    Status setLevel(const std::string&, std::optional<catalog::CompatibilityLevel>, const CallOptions&) override {
        return std::unexpected(no());
    }
    Status setPolicy(const std::string&, catalog::CompatibilityPolicy, const CallOptions&) override {
        return std::unexpected(no());
    }
    Status setMode(const std::string&, std::optional<catalog::SubjectMode>, bool, const CallOptions&) override {
        return std::unexpected(no());
    }
    Status setValidation(const std::string&, std::optional<catalog::WriteValidation>, const CallOptions&) override {
        return std::unexpected(no());
    }

private:
    static Error no() { return {ErrorCode::Unsupported, "This registry only shows its schemas.", 0}; }
    std::string m_url = "http://registry.example:8081";
    std::vector<catalog::SchemaVersion> m_versions;
};

} // namespace meshbone::test
