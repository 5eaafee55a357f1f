// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_signal.h"

#include <catalog/catalog.h>

#include <mutex>

namespace meshbone::test {

/// A catalog in memory that applies commands at once, by the catalog's own rules. Its chain is a counter, not a hash,
/// and nothing is signed, but for evidence.
class FakeCatalog : public catalog::Catalog {
public:
    /// With the example's domains, teams, products and a ledger that tells how they came about; or empty.
    explicit FakeCatalog(bool filled = true);
    ~FakeCatalog() override;
    void setStatus(const catalog::CatalogStatus& status);
    void setReport(const catalog::VerifyReport& report); ///< what verify() says from now on
    void addEntry(catalog::LedgerEntry entry);           ///< number, hash and chain are filled in
    void setAuthor(const std::string& person);           ///< who submits from now on; "ada" at first

    catalog::CatalogStatus status() const override;
    Subscription onChanged(std::function<void()> changed) override;
    std::vector<catalog::Domain> domains() const override;
    std::vector<catalog::Product> products() const override;
    std::vector<catalog::Team> teams() const override;
    std::vector<catalog::Person> people() const override;
    std::string publicKey() const override { return "RmFrZUtleU9mVGhlQXV0aG9ySW5BVGVzdE9ubHkhISE="; }
    std::map<std::string, catalog::TopicFacts> topicFacts() const override;
    std::vector<catalog::AgreedContract> contracts() const override;
    std::vector<catalog::Principal> principals() const override;
    catalog::AccessRoles accessRoles() const override;
    std::vector<catalog::Classified> classifications() const override;
    std::vector<catalog::Policy> policies() const override;
    std::vector<catalog::AccessRequest> accessRequests() const override;
    std::vector<catalog::Grant> grants() const override;
    std::vector<catalog::BindingRecord> bindingRecords() const override;
    std::vector<catalog::BindingReturns> bindingReturns() const override;
    std::vector<catalog::Campaign> campaigns() const override;
    std::vector<catalog::AccessRequest> pendingFor(const std::string& person, TimestampMs nowMs) const override;
    catalog::AccessReview reviewAccess(const catalog::AccessScope& scope, const std::string& product,
                                       TimestampMs untilMs, TimestampMs nowMs) const override;
    Result<catalog::AccessAsOf> accessAsOf(TimestampMs timeMs, const CallOptions& options) const override;
    std::vector<catalog::Rehearsed> rehearse(const std::vector<catalog::Submission>& submissions,
                                             TimestampMs nowMs) const override;
    Result<catalog::LedgerEntry> submit(const catalog::Submission& submission, const CallOptions& options) override;
    Result<catalog::LedgerPage> entries(const catalog::LedgerQuery& query) const override;
    Result<catalog::Undo> undoOf(std::int64_t number) const override;
    Result<std::string> makeEvidence(const catalog::EvidenceRequest& request, const CallOptions& options,
                                     std::function<void(double)>) const override;
    Result<catalog::VerifyReport> verify(const CallOptions& options, std::function<void(double)> progress) override;
    Result<catalog::CarriedRequests> carryRequests(const CallOptions&) override { return catalog::CarriedRequests{}; }
    Status rebuild(const CallOptions&) override { return {}; }
    Result<std::string> canonicalDump() const override { return std::string(); }

private:
    struct State;
    void fill();

    mutable std::recursive_mutex m_mutex;
    catalog::CatalogStatus m_status;
    std::unique_ptr<State> m_state;
    std::vector<catalog::LedgerEntry> m_entries; ///< oldest first
    std::optional<catalog::VerifyReport> m_report;
    TimestampMs m_clockMs = 0;
    std::string m_author = "ada";
    FakeSignal<> m_onChanged;
};

} // namespace meshbone::test
