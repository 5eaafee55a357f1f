// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry_client.h>

namespace meshbone::catalog {

/// SchemaRegistry over HTTP.
class RegistryClient final : public SchemaRegistry {
public:
    RegistryClient(std::unique_ptr<backbone::HttpClient> http, std::string url)
        : m_http(std::move(http))
        , m_url(std::move(url)) {}

    [[nodiscard]] const std::string& url() const override { return m_url; }
    Result<std::vector<SchemaVersion>> versions(const CallOptions& call) override;
    Result<SchemaVersion> version(const std::string& subject, int version, const CallOptions& call) override;
    Result<SchemaDefinition> byId(SchemaId id, const std::string& subject, const CallOptions& call) override;
    Result<std::vector<SubjectSettings>> settings(const std::vector<std::string>& subjects,
                                                  const CallOptions& call) override;
    std::expected<RegisteredSchema, RegistryFailure> registerSchema(const std::string& subject,
                                                                    const SchemaDefinition& schema, bool isNormalized,
                                                                    const CallOptions& call) override;
    std::expected<RegisteredSchema, RegistryFailure> registerWithId(const std::string& subject,
                                                                    const SchemaDefinition& schema, GivenId given,
                                                                    const CallOptions& call) override;
    std::expected<Check, RegistryFailure> check(const std::string& subject, const SchemaDefinition& schema,
                                                const CallOptions& call) override;
    Status deleteVersion(const std::string& subject, int version, bool isPermanent, const CallOptions& call) override;
    Status deleteSubject(const std::string& subject, bool isPermanent, const CallOptions& call) override;
    Status restoreVersion(const std::string& subject, int version, const CallOptions& call) override;
    Status setLevel(const std::string& subject, std::optional<CompatibilityLevel> level,
                    const CallOptions& call) override;
    Status setPolicy(const std::string& subject, CompatibilityPolicy policy, const CallOptions& call) override;
    Status setValidation(const std::string& subject, std::optional<WriteValidation> validation,
                         const CallOptions& call) override;
    Status setMode(const std::string& subject, std::optional<SubjectMode> mode, bool isForced,
                   const CallOptions& call) override;
    Result<std::vector<TopicViolations>> violations(const CallOptions& call) override;
    Result<std::vector<SchemaFetch>> fetches(const CallOptions& call) override;
    Result<RegistryStatus> status(const CallOptions& call) override;

private:
    /// What Meshbone's registry alone tells; Unsupported where there is no such thing.
    Result<std::string> askOurs(const char* what, const CallOptions& call);
    std::expected<std::string, RegistryFailure> ask(const char* method, const std::string& target,
                                                    const std::string& body, const CallOptions& call);
    std::expected<RegisteredSchema, RegistryFailure> putVersion(const std::string& subject, const std::string& body,
                                                                bool isNormalized, const CallOptions& call);
    /// Refuses with Conflict what would be done to another subject: a registry follows aliases, and what is read of it
    /// names each subject by itself.
    Status checkNoAlias(const std::string& subject, const CallOptions& call);
    Result<std::vector<SchemaVersion>> versionsOneByOne(const CallOptions& call);

    std::unique_ptr<backbone::HttpClient> m_http;
    std::string m_url;
};

} // namespace meshbone::catalog
