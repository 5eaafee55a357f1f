// SPDX-License-Identifier: Apache-2.0
#include "ledger/catalog_service.h"

#include "ledger/evidence_export.h"
#include "ledger/judge.h"
#include "ledger/key_file.h"
#include "ledger/rebuild.h"
#include "ledger/undo_entry.h"
#include "ledger/verify.h"
#include "product/access_policy.h"
#include "product/access_views.h"
#include "product/decide.h"
#include "product/names.h"
#include "product/rehearse.h"
#include "product/undo.h"

#include <backbone/backbone.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

constexpr std::chrono::milliseconds kEnrolPatience{5'000};
constexpr std::chrono::milliseconds kComparePatience{5'000};

Result<std::unique_ptr<Author>> openAuthor(const CatalogOptions& options, backbone::Backbone& backbone) {
    if (options.personId.empty()) {
        return nullptr;
    }
    if (auto checked = checkSlug("person", options.personId); !checked) {
        return std::unexpected(checked.error());
    }
    const std::string& name = options.personName.empty() ? options.personId : options.personName;
    if (auto checked = checkName("person", name); !checked) {
        return std::unexpected(checked.error());
    }
    auto key = openKeyFile(options.keyFile);
    if (!key) {
        return std::unexpected(key.error());
    }
    return std::make_unique<Author>(options.personId, name, std::move(*key), backbone);
}

} // namespace

Result<std::unique_ptr<Catalog>> Catalog::open(const CatalogOptions& options, backbone::Backbone& backbone) {
    auto author = openAuthor(options, backbone);
    if (!author) {
        return std::unexpected(author.error());
    }
    auto store = ProjectionStore::open(options.database);
    if (!store) {
        return std::unexpected(store.error());
    }
    return CatalogService::open(std::move(*store), std::move(*author), backbone);
}

Result<std::unique_ptr<Catalog>> CatalogService::open(std::unique_ptr<ProjectionStore> store,
                                                      std::unique_ptr<Author> author, backbone::Backbone& backbone) {
    auto projector = Projector::open(*store);
    if (!projector) {
        return std::unexpected(projector.error());
    }
    std::unique_ptr<CatalogService> service(new CatalogService(std::move(store), std::move(author), backbone));
    auto* self = service.get();
    Follower::Options options;
    options.mayCreate = self->m_author != nullptr;
    options.beforeLive = [self] {
        if (self->m_author && self->m_published.snapshot()->mesh().people.items().empty()) {
            // Should it fail, the first submit tries again and says why.
            static_cast<void>(self->publishEnrolment({kEnrolPatience, {}}, true));
        }
    };
    service->m_follower = std::make_unique<Follower>(backbone, *service->m_store, std::move(*projector),
                                                     service->m_published, std::move(options));
    service->m_follower->start();
    return service;
}

Status CatalogService::awaitLive(const CallClock& clock) const {
    const auto decided = [](const CatalogStatus& status, std::int64_t) {
        return status.mode != CatalogMode::CatchingUp;
    };
    auto waited = m_published.waitUntil(decided, clock.rest(), "");
    if (!waited && waited.error().code == ErrorCode::Timeout) {
        return fail(ErrorCode::Unavailable, "The catalog is still reading the ledger; try again in a moment.");
    }
    const auto status = m_published.status();
    if (waited && status.mode == CatalogMode::ReadOnly) {
        return fail(ErrorCode::Unavailable, "Nothing can be changed now. " + status.reason);
    }
    return waited;
}

Status CatalogService::awaitApplied(std::int64_t number, const CallClock& clock) const {
    return m_published.waitUntil(
        [&](const CatalogStatus&, std::int64_t last) { return last >= number; }, clock.rest(),
        fmt::format("The change is in the ledger as entry {}, but this catalog hasn't come that far "
                    "yet; look there in a moment.",
                    number));
}

Result<std::int64_t> CatalogService::publishEnrolment(const CallOptions& options, bool again) {
    const std::scoped_lock lock(m_enrolMutex);
    if (m_enrolment && !again) {
        return *m_enrolment;
    }
    m_enrolment.reset();
    auto bytes = m_author->write(m_author->enrolment(), m_published.snapshot()->headHash());
    auto number = bytes ? m_author->append(std::move(*bytes), options) : std::unexpected(bytes.error());
    if (number) {
        m_enrolment = *number;
    }
    return number;
}

Status CatalogService::enrolIfFirst(const CallClock& clock) {
    if (!m_published.snapshot()->mesh().people.items().empty()) {
        return {};
    }
    const auto number = publishEnrolment(clock.rest(), false);
    return number ? awaitApplied(*number, clock) : std::unexpected(number.error());
}

Result<LedgerEntry> CatalogService::submit(const Submission& asked, const CallOptions& options) {
    const CallClock clock(options);
    if (!m_author) {
        return fail(ErrorCode::PermissionDenied,
                    "Nobody is set as the author of changes here; this catalog only reads.");
    }
    if (auto live = awaitLive(clock); !live) {
        return std::unexpected(live.error());
    }
    if (auto enrolled = enrolIfFirst(clock); !enrolled) {
        return std::unexpected(enrolled.error());
    }
    const auto snapshot = m_published.snapshot();
    const Submission submission = guarded(asked, snapshot->mesh());
    const auto bytes = m_author->write(submission, snapshot->headHash());
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    // Judged here first, so that what is known to be rejected doesn't get into the ledger.
    const auto local = judge(snapshot->mesh(), snapshot->number() + 1, *bytes, snapshot->headHash());
    if (!local.entry.accepted) {
        return std::unexpected(explained({local.code, local.entry.rejection}, submission, snapshot->number() + 1));
    }
    const auto number = publish(submission, *bytes, clock);
    if (!number) {
        return std::unexpected(number.error());
    }
    if (auto applied = awaitApplied(*number, clock); !applied) {
        return std::unexpected(applied.error());
    }
    return outcome(*number, *bytes, submission);
}

Result<std::int64_t> CatalogService::publish(const Submission& submission, const std::string& bytes,
                                             const CallClock& clock) {
    auto number = m_author->append(bytes, clock.rest());
    if (number || number.error().code != ErrorCode::PermissionDenied) {
        return number;
    }
    if (!isAsking(submission.command)) {
        return std::unexpected(withRight(number.error(), m_backbone, "WRITE", kLedgerTopic));
    }
    if (auto left = m_author->append(bytes, clock.rest(), kRequestsTopic); !left) {
        return std::unexpected(withRight(left.error(), m_backbone, "WRITE", kRequestsTopic));
    }
    return awaitCarried(subjectOf(submission.command), bytes, clock);
}

Result<std::int64_t> CatalogService::awaitCarried(const std::string& subject, const std::string& bytes,
                                                  const CallClock& clock) const {
    while (true) {
        const std::int64_t seen = m_published.snapshot()->number();
        const auto found = m_store->numberOf(subject, bytes);
        if (!found || *found) {
            return found ? Result<std::int64_t>(**found) : std::unexpected(found.error());
        }
        const auto waited = m_published.waitUntil(
            [&](const CatalogStatus&, std::int64_t last) { return last > seen; }, clock.rest(),
            fmt::format("The request is in {} and comes into the ledger as soon as somebody who may write that is "
                        "there.",
                        kRequestsTopic));
        if (!waited) {
            return std::unexpected(waited.error());
        }
    }
}

Result<CarriedRequests> CatalogService::carryRequests(const CallOptions& options) {
    if (!m_author) {
        return fail(ErrorCode::PermissionDenied, "Nobody is set as an author here; this catalog only reads.");
    }
    const CallClock clock(options);
    if (auto live = awaitLive(clock); !live) {
        return std::unexpected(live.error());
    }
    return m_carrier.carry(*m_author, clock.rest());
}

Result<LedgerEntry> CatalogService::outcome(std::int64_t number, const std::string& bytes,
                                            const Submission& submission) const {
    auto stored = m_store->entry(number);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    if (stored->entry.json != bytes) {
        return fail(ErrorCode::Conflict,
                    fmt::format("Entry {} of the ledger isn't the one that was written; verify the ledger.", number));
    }
    if (!stored->entry.accepted) {
        return std::unexpected(explained({stored->code, stored->entry.rejection}, submission, number));
    }
    return std::move(stored->entry);
}

Error CatalogService::explained(Error error, const Submission& submission, std::int64_t number) const {
    if (error.code == ErrorCode::PermissionDenied && !isEnrolled()) {
        error.message += fmt::format(" The public key here is {}.", m_author->publicKey());
    }
    const auto kind = kindOf(submission.command);
    if (error.code != ErrorCode::Conflict || !submission.expectedRevision || !kind) {
        return error;
    }
    if (const auto last = m_store->lastChange(*kind, subjectOf(submission.command), number); last && *last) {
        error.message += fmt::format(" The last change was '{}' by '{}' in entry {}.", (*last)->act, (*last)->author,
                                     (*last)->number);
    }
    return error;
}

Result<Undo> CatalogService::undoOf(std::int64_t number) const {
    const auto stored = m_store->entry(number);
    return stored ? undoOfEntry(stored->entry, m_published.snapshot()->mesh()) : std::unexpected(stored.error());
}

std::vector<AccessRequest> CatalogService::pendingFor(const std::string& person, TimestampMs nowMs) const {
    return pendingRequests(m_published.snapshot()->mesh(), person, nowMs);
}

AccessReview CatalogService::reviewAccess(const AccessScope& scope, const std::string& product, TimestampMs untilMs,
                                          TimestampMs nowMs) const {
    return reviewOf(m_published.snapshot()->mesh(), {scope, product, untilMs, nowMs});
}

std::vector<Rehearsed> CatalogService::rehearse(const std::vector<Submission>& submissions, TimestampMs nowMs) const {
    const auto snapshot = m_published.snapshot();
    // Nobody in particular has no rights, so that they are told what is missing.
    const std::string author = m_author ? m_author->id() : std::string("nobody");
    return rehearsal(snapshot->mesh(), submissions, author, snapshot->number() + 1, nowMs);
}

Result<VerifyReport> CatalogService::verify(const CallOptions& options, std::function<void(double)> progress) {
    const AwaitProjection await = [&](std::int64_t number) {
        const auto settled = [&](const CatalogStatus& status, std::int64_t last) {
            return last >= number || status.mode == CatalogMode::ReadOnly;
        };
        static_cast<void>(m_published.waitUntil(settled, {kComparePatience, options.stop}, ""));
    };
    return verifyLedger(m_backbone, *m_store, await, options, progress);
}

Result<std::string> CatalogService::makeEvidence(const EvidenceRequest& request, const CallOptions& options,
                                                 std::function<void(double)> progress) const {
    if (!m_author) {
        return fail(ErrorCode::PermissionDenied, "Nobody is set as an author here, so nobody could sign the file.");
    }
    if (!isEnrolled()) {
        return fail(
            ErrorCode::PermissionDenied,
            fmt::format("The key here isn't enrolled for '{}', so its signature would prove nothing. The public "
                        "key is {}.",
                        m_author->id(), m_author->publicKey()));
    }
    const EvidenceMaker maker{m_author->id(), m_author->publicKey(),
                              [this](std::string_view bytes) { return m_author->sign(bytes); }};
    return exportEvidence(*m_store, maker, request, options, progress);
}

bool CatalogService::isEnrolled() const {
    const auto snapshot = m_published.snapshot();
    const Person* author = snapshot->mesh().people.find(m_author->id());
    return author != nullptr && std::ranges::count(author->publicKeys, m_author->publicKey()) > 0;
}

Status CatalogService::rebuild(const CallOptions& options) {
    const std::scoped_lock lock(m_rebuildMutex);
    return rebuildProjection(m_backbone, m_store->path(), *m_follower, options);
}

Result<std::string> CatalogService::canonicalDump() const {
    auto dump = m_store->dump();
    return dump ? Result<std::string>(std::move(dump->text)) : std::unexpected(dump.error());
}

} // namespace meshbone::catalog
