// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_signal.h"

#include <catalog/schema_registry.h>

#include <memory>
#include <mutex>

namespace meshbone::test {

/// A schema registry in memory that decides by the rules of Meshbone's own one. What is decided is applied at once.
class FakeRegistry : public catalog::SchemaRegistry {
public:
    /// With the example mesh's schemas: Avro ones that have evolved, a JSON Schema, a Protobuf one; or empty.
    explicit FakeRegistry(bool filled = true);
    ~FakeRegistry() override;

    Subscription onChanged(std::function<void()> changed) { return m_onChanged.subscribe(std::move(changed)); }
    void setUnreachable(const std::string& sentence);           ///< every call fails with it; empty: it answers again
    void setCanRestore(bool can);                               ///< false: as other registries, which can't
    void setFetches(std::vector<catalog::SchemaFetch> fetches); ///< who fetched what; before: it can't tell
    void setConfigTime(TimestampMs ms);                         ///< when all settings were set; before: it can't tell
    void setStatus(catalog::RegistryStatus status);             ///< of its topic; before: it can't tell
    /// Registers, or asserts that it can be.
    void put(const std::string& subject, const std::string& text, catalog::SchemaType type = catalog::SchemaType::Avro,
             std::vector<catalog::SchemaReference> = {});

    const std::string& url() const override;
    Result<std::vector<catalog::SchemaVersion>> versions(const CallOptions& call) override;
    Result<catalog::SchemaVersion> version(const std::string& subject, int version, const CallOptions& call) override;
    Result<catalog::SchemaDefinition> byId(catalog::SchemaId id, const std::string& subject,
                                           const CallOptions& call) override;
    Result<std::vector<catalog::SubjectSettings>> settings(const std::vector<std::string>& subjects,
                                                           const CallOptions& call) override;
    std::expected<catalog::RegisteredSchema, catalog::RegistryFailure>
    registerSchema(const std::string& subject, const catalog::SchemaDefinition& schema, bool isNormalized,
                   const CallOptions& call) override;
    std::expected<catalog::RegisteredSchema, catalog::RegistryFailure>
    registerWithId(const std::string& subject, const catalog::SchemaDefinition& schema, catalog::GivenId given,
                   const CallOptions& call) override;
    std::expected<Check, catalog::RegistryFailure>
    check(const std::string& subject, const catalog::SchemaDefinition& schema, const CallOptions& call) override;
    Status deleteVersion(const std::string& subject, int version, bool isPermanent, const CallOptions& call) override;
    Status deleteSubject(const std::string& subject, bool isPermanent, const CallOptions& call) override;
    Status restoreVersion(const std::string& subject, int version, const CallOptions& call) override;
    Status setLevel(const std::string& subject, std::optional<catalog::CompatibilityLevel> level,
                    const CallOptions& call) override;
    Status setPolicy(const std::string& subject, catalog::CompatibilityPolicy policy, const CallOptions& call) override;
    Status setMode(const std::string& subject, std::optional<catalog::SubjectMode> mode, bool isForced,
                   const CallOptions& call) override;
    Status setValidation(const std::string& subject, std::optional<catalog::WriteValidation> validation,
                         const CallOptions& call) override;
    Result<std::vector<catalog::SchemaFetch>> fetches(const CallOptions& call) override;
    Result<catalog::RegistryStatus> status(const CallOptions& call) override;

private:
    struct State;
    void fill();
    [[nodiscard]] Status away() const;
    Status config(const std::string& subject, const std::string& json);
    std::expected<catalog::RegisteredSchema, catalog::RegistryFailure> put(const catalog::RegisterRequest& request);

    mutable std::recursive_mutex m_mutex;
    std::unique_ptr<State> m_state;
    FakeSignal<> m_onChanged;
};

} // namespace meshbone::test
