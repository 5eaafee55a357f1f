// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/as_of.h"
#include "ledger/author.h"
#include "ledger/follower.h"
#include "ledger/request_carrier.h"
#include "product/access_views.h"

#include <catalog/catalog.h>

namespace meshbone::catalog {

/// The catalog over one backbone: the follower's projection for the queries, the author for the commands.
class CatalogService final : public Catalog {
public:
    /// `author` is null for somebody who only reads.
    static Result<std::unique_ptr<Catalog>> open(std::unique_ptr<ProjectionStore> store, std::unique_ptr<Author> author,
                                                 backbone::Backbone& backbone);

    CatalogStatus status() const override { return m_published.status(); }
    Subscription onChanged(std::function<void()> changed) override { return m_published.subscribe(std::move(changed)); }
    std::vector<Domain> domains() const override { return m_published.snapshot()->mesh().domains.values(); }
    std::vector<Product> products() const override { return m_published.snapshot()->mesh().products.values(); }
    std::vector<Team> teams() const override { return m_published.snapshot()->mesh().teams.values(); }
    std::vector<Person> people() const override { return m_published.snapshot()->mesh().people.values(); }
    std::string publicKey() const override { return m_author ? m_author->publicKey() : std::string(); }
    std::map<std::string, TopicFacts> topicFacts() const override { return m_published.snapshot()->topicFacts(); }
    std::vector<AgreedContract> contracts() const override { return contractsIn(m_published.snapshot()->mesh()); }
    std::vector<Principal> principals() const override { return m_published.snapshot()->mesh().principals.values(); }
    AccessRoles accessRoles() const override { return rolesIn(m_published.snapshot()->mesh()); }
    std::vector<Classified> classifications() const override {
        return classificationsIn(m_published.snapshot()->mesh());
    }
    std::vector<Policy> policies() const override { return m_published.snapshot()->mesh().policies.values(); }
    std::vector<AccessRequest> accessRequests() const override {
        return m_published.snapshot()->mesh().requests.values();
    }
    std::vector<Grant> grants() const override { return m_published.snapshot()->mesh().grants.values(); }
    std::vector<BindingRecord> bindingRecords() const override {
        return m_published.snapshot()->mesh().bindings.values();
    }
    std::vector<BindingReturns> bindingReturns() const override {
        return m_published.snapshot()->mesh().returns.values();
    }
    std::vector<Campaign> campaigns() const override { return m_published.snapshot()->mesh().campaigns.values(); }
    std::vector<AccessRequest> pendingFor(const std::string& person, TimestampMs nowMs) const override;
    AccessReview reviewAccess(const AccessScope& scope, const std::string& product, TimestampMs untilMs,
                              TimestampMs nowMs) const override;

    Result<AccessAsOf> accessAsOf(TimestampMs timeMs, const CallOptions& options) const override {
        return m_past.at(timeMs, options);
    }
    std::vector<Rehearsed> rehearse(const std::vector<Submission>& submissions, TimestampMs nowMs) const override;
    Result<LedgerEntry> submit(const Submission& asked, const CallOptions& options) override;
    Result<CarriedRequests> carryRequests(const CallOptions& options) override;
    Result<LedgerPage> entries(const LedgerQuery& query) const override { return m_store->query(query); }
    Result<Undo> undoOf(std::int64_t number) const override;
    Result<VerifyReport> verify(const CallOptions& options, std::function<void(double fraction)> progress) override;
    Result<std::string> makeEvidence(const EvidenceRequest& request, const CallOptions& options,
                                     std::function<void(double fraction)> progress) const override;
    Status rebuild(const CallOptions& options) override;
    Result<std::string> canonicalDump() const override;

private:
    CatalogService(std::unique_ptr<ProjectionStore> store, std::unique_ptr<Author> author, backbone::Backbone& backbone)
        : m_backbone(backbone)
        , m_store(std::move(store))
        , m_author(std::move(author))
        , m_carrier(backbone, *m_store, m_published) {}
    Status awaitLive(const CallClock& clock) const;
    Status awaitApplied(std::int64_t number, const CallClock& clock) const;
    /// In a ledger without people: enrols the author. Publishes once, however many ask.
    Result<std::int64_t> publishEnrolment(const CallOptions& options, bool again);
    Status enrolIfFirst(const CallClock& clock);
    /// Appends to the ledger; a request that the cluster keeps out goes to the topic of requests and is waited for.
    Result<std::int64_t> publish(const Submission& submission, const std::string& bytes, const CallClock& clock);
    Result<std::int64_t> awaitCarried(const std::string& subject, const std::string& bytes,
                                      const CallClock& clock) const;
    Result<LedgerEntry> outcome(std::int64_t number, const std::string& bytes, const Submission& submission) const;
    [[nodiscard]] bool isEnrolled() const; ///< the author, with the key here
    /// The error of a rejected command, with who changed the thing where that is the reason.
    [[nodiscard]] Error explained(Error error, const Submission& submission, std::int64_t number) const;

    backbone::Backbone& m_backbone;
    std::unique_ptr<ProjectionStore> m_store;
    std::unique_ptr<Author> m_author;
    PublishedState m_published;
    mutable PastAccess m_past{*m_store};
    std::mutex m_enrolMutex;
    std::optional<std::int64_t> m_enrolment; ///< number of the entry; guarded by m_enrolMutex
    RequestCarrier m_carrier;
    std::mutex m_rebuildMutex;            ///< one rebuild at a time
    std::unique_ptr<Follower> m_follower; ///< last: its thread uses the others
};

} // namespace meshbone::catalog
