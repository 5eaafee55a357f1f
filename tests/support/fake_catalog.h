// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_signal.h"

#include <catalog/catalog.h>

#include <mutex>

namespace meshbone::test {

/// A catalog in memory that applies commands at once, by the catalog's own rules. Its chain is a counter, not a hash,
/// and nothing is signed.
class FakeCatalog : public catalog::Catalog {
public:
    /// With the example's domains, teams, products and a ledger that tells how they came about; or empty.
    explicit FakeCatalog(bool filled = true);
    ~FakeCatalog() override;
    void setStatus(const catalog::CatalogStatus& status);
    void setReport(const catalog::VerifyReport& report); ///< what verify() says from now on
    void addEntry(catalog::LedgerEntry entry);           ///< number, hash and chain are filled in

    catalog::CatalogStatus status() const override;
    Subscription onChanged(std::function<void()> changed) override;
    std::vector<catalog::Domain> domains() const override;
    std::vector<catalog::Product> products() const override;
    std::vector<catalog::Team> teams() const override;
    std::vector<catalog::Person> people() const override;
    std::map<std::string, catalog::TopicFacts> topicFacts() const override;
    Result<catalog::LedgerEntry> submit(const catalog::Submission& submission, const CallOptions& options) override;
    Result<catalog::LedgerPage> entries(const catalog::LedgerQuery& query) const override;
    Result<catalog::Undo> undoOf(std::int64_t number) const override;
    Result<catalog::VerifyReport> verify(const CallOptions& options, std::function<void(double)> progress) override;
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
    FakeSignal<> m_onChanged;
};

} // namespace meshbone::test
