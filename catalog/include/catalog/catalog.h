// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>
#include <catalog/access.h>
#include <catalog/access_commands.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace meshbone::backbone {
class Backbone;
}

namespace meshbone::catalog {

// ---- What is agreed: values of the projection. Ids are lower-case slugs ("on-time-performance"), unique by kind. ----
// A thing's revision is one more than the number of the ledger's entry that last changed it; 0 stands for "not there".

struct Person {
    std::string id, name;
    std::vector<std::string> publicKeys; ///< Ed25519, base64; enrolled by ledger entries
    std::int64_t revision = 0;
};
/// An owner is a team of people.
struct Team {
    std::string id, name, description;
    std::vector<std::string> people;
    std::int64_t revision = 0;
};
struct Domain {
    std::string id, name, description, owner; ///< owner: a team's id
    std::int64_t revision = 0;
    std::int64_t created = 0; ///< its first revision: domains in this order are in the order in which they were made
};
enum class PortDirection : std::uint8_t { Output, Input };
/// A topic that a product offers (output) or needs (input).
struct Port {
    std::string topic;
    PortDirection direction = PortDirection::Output;
    std::string description;
    friend bool operator==(const Port&, const Port&) = default;
};
struct Product {
    std::string id, name, description, domain, owner;
    std::vector<Port> ports; ///< sorted by direction, then topic
    std::int64_t revision = 0;
};
/// What the catalog says of a topic; empty fields: nobody has said.
struct TopicFacts {
    std::string topic, description, domain, product, owner; ///< domain, product: of the output port
    std::int64_t described = 0; ///< revision of the topic's own description; 0: it has none, the port's is given
};

/// A document of the Open Data Contract or Open Data Product Standard that was agreed for a topic or a product, byte
/// for byte (contract.h reads it). One at most for each.
struct AgreedContract {
    bool product = false; ///< else a topic
    std::string subject;  ///< product's id or topic
    std::string text;
    std::int64_t revision = 0;
};
inline constexpr std::size_t kMaxAgreedContractBytes = 128U << 10U; ///< an entry of the ledger holds no more

// ---- Commands. Each becomes one ledger entry, accepted or rejected alike by every projection. ----

struct PutPerson {
    std::string id, name, publicKey;
};
struct PutTeam {
    std::string id, name, description;
    std::vector<std::string> people;
};
struct PutDomain {
    std::string id, name, description, owner;
};
struct RemoveDomain {
    std::string id;
};
struct PutProduct {
    std::string id, name, description, domain, owner;
};
struct RemoveProduct {
    std::string id;
};
struct PutPort {
    std::string product;
    Port port;
};
struct RemovePort {
    std::string product, topic;
    PortDirection direction = PortDirection::Output;
};
struct DescribeTopic {
    std::string topic, description;
};
/// By the owner of the product or topic. Its text is kept as it is; whether it is a good contract, contract.h says.
struct PutContract {
    bool product = false; ///< else a topic
    std::string subject;  ///< product's id or topic
    std::string text;
};
struct RemoveContract {
    bool product = false;
    std::string subject;
};
/// An act done on the backbone, recorded with what was before and after ("topic.created", "topic.configured",
/// "topic.deleted", "replay.completed", …).
struct RecordAct {
    std::string act, subject;
    std::map<std::string, std::string> before, after;
};
using Command =
    std::variant<PutPerson, PutTeam, PutDomain, RemoveDomain, PutProduct, RemoveProduct, PutPort, RemovePort,
                 DescribeTopic, RecordAct, PutAccessRoles, PutPrincipal, RemovePrincipal, Classify, PutPolicy,
                 RemovePolicy, SubmitRequest, AmendRequest, CommentRequest, WithdrawRequest, ReopenRequest,
                 ApproveRequest, DeclineRequest, RenewGrant, ShortenGrant, RevokeGrant, RestoreGrant, ReportGrant,
                 MarkBinding, RetryBinding, OpenCampaign, AnswerCampaign, CloseCampaign, PutContract, RemoveContract>;

struct Submission {
    Command command;
    std::string why; ///< the author's reason; may be empty
    /// The revision of the thing that the author saw (of a port: its product's; 0: it wasn't there); rejected with
    /// Conflict if it has moved on. None: don't care; the only choice for RecordAct. Of access: what the catalog sees.
    std::optional<std::int64_t> expectedRevision;
};

/// A field of what a command is about.
struct FieldChange {
    std::string field;
    std::optional<std::string> before, after; ///< none: not there
    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

/// What a submission would do; see Catalog::rehearse.
struct Rehearsed {
    Submission submission;              ///< guarded by the revision that it would meet
    std::optional<Error> refused;       ///< why it would be rejected
    std::vector<FieldChange> changes;   ///< as its entry would have them
    std::optional<AccessReview> review; ///< of what asks for access, approves or renews it
    bool isGranted = false;             ///< a grant comes into being by it, or gets a new end
};

// ---- The ledger, as the Audit page shows it ----

struct LedgerEntry {
    std::int64_t number = -1; ///< offset in _meshbone.ledger
    TimestampMs timeMs = -1;
    std::string author;  ///< person id as claimed; see `accepted`
    std::string act;     ///< "product.put", "topic.configured", …
    std::string subject; ///< id of what it is about
    std::string why;
    std::string hash, previousHash; ///< SHA-256, lower-case hex
    bool accepted = true;
    std::string rejection; ///< why it was rejected, a sentence
    std::vector<FieldChange> changes;
    std::string json; ///< the entry as it is in the topic
};
struct LedgerQuery {
    std::string contains, author, act, subject; ///< empty: any
    /// What it is about. A topic: its settings and words, its product, and the requests, grants and bindings that cover
    /// it, by its name or by a prefix, as they were when the entry was written. A product: the same for it and for all
    /// that it ever offered.
    std::string topic, product;
    std::optional<TimestampMs> fromMs, toMs; ///< [from, to) by the authors' clocks
    std::size_t offset = 0, limit = 500;     ///< newest first; at most 10,000
};
struct LedgerPage {
    std::vector<LedgerEntry> entries;
    std::int64_t matching = 0, total = 0;
};
/// What stands in a recorded "topic.configured" for a setting of which the topic has no value of its own.
inline constexpr const char* kNoOwnSetting = "default";
/// Settings of a topic on the backbone, by name. None: the topic has no value of its own.
using TopicSettings = std::map<std::string, std::optional<std::string>>;
struct SettingsUndo {
    std::string topic;
    TopicSettings found, put;
};
/// How an entry is taken back: by new entries, never by a change of the old one.
struct Undo {
    std::int64_t entry = -1;             ///< the one that is taken back
    std::vector<Submission> submissions; ///< in this order; several only where a removed product had ports
    std::vector<FieldChange> changes;    ///< what they change together
    /// An act on the backbone: there these are put first, if what is `found` is still there; the submissions record it.
    std::optional<SettingsUndo> settings{};
};
struct VerifyReport {
    std::int64_t entries = 0;
    bool intact = false;
    std::optional<std::int64_t> firstWrong; ///< number of the first entry that is wrong
    std::string reason;                     ///< what is wrong with it
    std::int64_t rejected = 0; ///< well-chained entries that projections reject (signature, right, revision)
    std::string head;          ///< hash of the last entry
    TimestampMs firstMs = -1, lastMs = -1;
    std::chrono::milliseconds took{0};
    bool projectionEqual = false; ///< the database equals a rebuild from the topic
};

/// Access as it was agreed at a time: the ended grants of then too. What had ended by then, inForceAt(timeMs) says.
struct AccessAsOf {
    TimestampMs timeMs = -1;  ///< that was asked for
    std::int64_t number = -1; ///< of the last entry that counts; -1: there was none
    std::string hash;         ///< of the chain at it; empty: there was none
    AccessRoles roles;
    std::vector<Principal> principals;
    std::vector<Classified> classifications;
    std::vector<Policy> policies;
    std::vector<AccessRequest> requests;
    std::vector<Grant> grants;
    std::vector<BindingRecord> records;
};

/// What was found in the topic of requests.
struct CarriedRequests {
    std::int64_t carried = 0;         ///< into the ledger, byte for byte
    std::vector<LedgerEntry> refused; ///< what the ledger would reject; number: the offset in `_meshbone.requests`
};

enum class CatalogMode : std::uint8_t { CatchingUp, Live, ReadOnly };
struct CatalogStatus {
    CatalogMode mode = CatalogMode::CatchingUp;
    std::string reason; ///< why it is read-only, a sentence
    std::int64_t appliedEntries = 0;
    std::string head;
    bool isRefused = false; ///< read-only because this user lacks a right: waiting doesn't help
};

struct EvidenceRequest; // evidence.h

struct CatalogOptions {
    std::filesystem::path database;   ///< SQLite file; created when missing
    std::filesystem::path keyFile;    ///< the author's private key, mode 0600; created when missing
    std::string personId, personName; ///< who the author is; the first author of a new ledger enrols themselves. An
                                      ///< empty id: somebody who only reads; needs no key and never creates the topic
};

/// The catalog over one backbone. Owned by app. Thread-safe: queries read the projection and return within
/// milliseconds; submit, verify and rebuild block up to their deadline (call them from a job). Thread of its own:
/// "mb-catalog".
class Catalog {
public:
    virtual ~Catalog() = default;
    /// Opens or creates the projection and starts to follow the ledger. Fails with Corrupt (a damaged database or one
    /// that isn't Meshbone's), Unsupported (from a newer version) or Locked; never overwrites such a file.
    static Result<std::unique_ptr<Catalog>> open(const CatalogOptions& options, backbone::Backbone& backbone);

    virtual CatalogStatus status() const = 0;
    /// Called from the catalog's thread after entries were applied or the status changed. Don't submit, verify or
    /// rebuild in it: those wait for this very thread.
    virtual Subscription onChanged(std::function<void()> changed) = 0;

    virtual std::vector<Domain> domains() const = 0;
    virtual std::vector<Product> products() const = 0;
    virtual std::vector<Team> teams() const = 0;
    virtual std::vector<Person> people() const = 0;
    /// With which the author here signs, base64; empty: nobody is the author. Somebody who is enrolled enrols it.
    virtual std::string publicKey() const = 0;
    virtual std::map<std::string, TopicFacts> topicFacts() const = 0; ///< by topic

    virtual std::vector<AgreedContract> contracts() const = 0; ///< of topics, then of products, by subject

    virtual std::vector<Principal> principals() const = 0;
    virtual AccessRoles accessRoles() const = 0;
    virtual std::vector<Classified> classifications() const = 0; ///< what isn't Internal
    virtual std::vector<Policy> policies() const = 0;
    virtual std::vector<AccessRequest> accessRequests() const = 0; ///< all that ever were
    virtual std::vector<Grant> grants() const = 0;                 ///< the ended ones too
    virtual std::vector<BindingRecord> bindingRecords() const = 0;
    virtual std::vector<BindingReturns> bindingReturns() const = 0; ///< what others changed back
    virtual std::vector<Campaign> campaigns() const = 0;
    /// Requests that wait for this person at that time, the oldest first: they must agree, haven't, and aren't asking
    /// for themselves.
    virtual std::vector<AccessRequest> pendingFor(const std::string& person, TimestampMs nowMs) const = 0;
    /// Which policies apply to what is asked for, who must approve, and which limit sets the end. Whether the scope is
    /// a sensible one, checkScope() says.
    virtual AccessReview reviewAccess(const AccessScope& scope, const std::string& product, TimestampMs untilMs,
                                      TimestampMs nowMs) const = 0;

    /// Access as it was at that time, from the entries up to then. Time is by the authors' clocks: the ledger is cut
    /// where the fewest entries stand on the wrong side, so that a single wrong clock doesn't move the past. Takes up
    /// to seconds for a long ledger (call it from a job); what was asked lately is remembered. Fails with Timeout,
    /// Cancelled, Corrupt.
    virtual Result<AccessAsOf> accessAsOf(TimestampMs timeMs, const CallOptions& options) const = 0;
    /// What these submissions would do now, one after the other, were the author here to submit them: all are decided
    /// on one state, and nothing is published. One that would be refused is passed over. Returns within milliseconds.
    virtual std::vector<Rehearsed> rehearse(const std::vector<Submission>& submissions, TimestampMs nowMs) const = 0;

    /// Publishes a command and waits until this projection has applied or rejected it; returns the accepted entry. A
    /// rejection is an error: Conflict (says who changed the thing), InvalidArgument, NotFound, AlreadyExists or
    /// PermissionDenied (the author isn't enrolled; names the public key to enrol). What is known to be rejected isn't
    /// published. Unavailable: the catalog is read-only or catching up. Timeout: the entry may be in the ledger or not.
    virtual Result<LedgerEntry> submit(const Submission& submission, const CallOptions& options) = 0;

    /// Carries what others left in the topic `_meshbone.requests` since the last call into the ledger, where it is
    /// judged like any entry; makes that topic when it isn't there. Whoever may write the ledger does this from time to
    /// time. (Somebody who may not write it asks by submit() all the same: a request that the cluster keeps out of the
    /// ledger goes there.) Fails with PermissionDenied (nobody is the author here, or the cluster refuses),
    /// Unavailable, Timeout, Cancelled; what was carried stays.
    virtual Result<CarriedRequests> carryRequests(const CallOptions& options) = 0;

    virtual Result<LedgerPage> entries(const LedgerQuery& query) const = 0;
    /// What would take an entry back as things are now; only what it changed goes back, later changes of other fields
    /// stay. Fails with a sentence why not: Conflict (changed since, or still in use), Unsupported (it has no inverse),
    /// InvalidArgument (rejected, or it changed nothing), NotFound. Returns within milliseconds; the submissions are
    /// guarded by the revision that was seen.
    virtual Result<Undo> undoOf(std::int64_t number) const = 0;
    /// A file that proves what the ledger says of a topic or a product in a period, to somebody who sees nothing else:
    /// see evidence.h. It is signed by the author here. Fails with PermissionDenied (nobody is the author, or their key
    /// isn't enrolled), Exhausted (too much for one file), Timeout, Cancelled.
    virtual Result<std::string> makeEvidence(const EvidenceRequest& request, const CallOptions& options,
                                             std::function<void(double fraction)> progress = {}) const = 0;
    virtual Result<VerifyReport> verify(const CallOptions& options,
                                        std::function<void(double fraction)> progress = {}) = 0;
    /// Deletes the projection and builds it from the topic again; the old one stays until the new one is complete.
    virtual Status rebuild(const CallOptions& options) = 0;
    /// The projection as canonical text: equal databases give equal bytes.
    virtual Result<std::string> canonicalDump() const = 0;
};

} // namespace meshbone::catalog
