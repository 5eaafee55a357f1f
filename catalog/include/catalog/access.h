// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>
#include <catalog/access_scope.h>

#include <cstdint>
#include <string>
#include <vector>

namespace meshbone::catalog {

// Access as it is agreed: values of the projection. What depends on the time says so: the ledger has no clock, so the
// reader gives the time. A time of -1 is "none"; an `until` of -1 is without end. Revisions are as in catalog.h.

inline constexpr TimestampMs kNoEnd = -1;

// ---- Who ----

enum class PrincipalKind : std::uint8_t { Service, Person, Tool };
/// A Kafka principal, with what people know of it.
struct Principal {
    std::string principal; ///< "User:flights-loader": type and name, split at the first colon, compared byte by byte
    std::string name;      ///< for people
    PrincipalKind kind = PrincipalKind::Service;
    std::string team;      ///< that owns it
    std::string person;    ///< whose it is; empty: nobody's in particular
    bool disabled = false; ///< none of its grants is in force
    std::int64_t revision = 0;
};
/// Whose word counts beside the owners'. While there are no admins, every enrolled person is one.
struct AccessRoles {
    std::string admins;    ///< a team's id; empty: everybody
    std::string enforcers; ///< who may report what was enforced; empty: the admins
    std::int64_t revision = 0;
};

// ---- What ----

enum class Classification : std::uint8_t { Internal, Confidential, Restricted }; ///< ascending
/// What a topic's or a product's data is; what isn't listed is Internal. A topic has the higher of its own and its
/// product's.
struct Classified {
    bool product = false; ///< else a topic
    std::string subject;  ///< product's id or topic
    Classification level = Classification::Internal;
    std::int64_t revision = 0;
};

// ---- By which rules ----

enum class PolicyReach : std::uint8_t { Mesh, Domain, Product, Topic, Classification };
enum class Approval : std::uint8_t { Unsaid, Required, Automatic };
/// A policy adds to what others say; the strictest wins (see AccessReview). Only in "automatic or not" the narrower
/// reach wins: topic over product over domain over mesh; a classification's Required wins over all.
struct Policy {
    std::string id, name;
    PolicyReach reach = PolicyReach::Mesh;
    /// "" | domain | product | topic, or "prefix*" | "confidential": that level and those above it
    std::string subject{};
    Approval approval = Approval::Unsaid;
    std::string approvers{};       ///< a team of which one must agree beside the owners; empty: none
    std::int64_t people = 0;       ///< at least so many must agree; 0: unsaid
    std::int64_t maxDays = 0;      ///< a grant lasts no longer; 0: unsaid
    std::int64_t lapseDays = 0;    ///< a request waits no longer; 0: unsaid
    bool allowsEverything = false; ///< consents to patterns that match everything
    std::int64_t revision = 0;
};
/// One of a team must agree.
struct ApprovalNeed {
    std::string team; ///< empty: the admins
    std::string why;  ///< "owner of product 'flights'"
    friend bool operator==(const ApprovalNeed&, const ApprovalNeed&) = default;
};
/// What the policies say of a request.
struct AccessReview {
    std::vector<std::string> policies; ///< those that apply, by id
    bool automatic = false;            ///< nobody need decide
    std::string automaticBy;           ///< the policy that says so
    std::vector<ApprovalNeed> needs;   ///< each must be met, one person may meet several; if automatic: who may decide
    std::int64_t people = 1;           ///< how many different people must agree at least
    std::string peopleBy;              ///< the policy that says so; empty: none does
    TimestampMs endMs = kNoEnd;        ///< of the grant if it were decided now
    std::string endBy;                 ///< which limit set the end, a sentence; empty: there is no end
    TimestampMs lapsesMs = kNoEnd;     ///< of the request if it were submitted now
    std::string lapsesBy;
    Classification level = Classification::Internal; ///< the highest of what is covered now
    bool everything = false;                         ///< a pattern matches everything
    bool everythingAllowed = false;                  ///< and a policy consents
    std::vector<std::string> warnings;               ///< sentences: unknown names, internal topics, wide prefixes
};

// ---- Asked and decided ----

enum class RequestState : std::uint8_t { Submitted, Approved, Declined, Withdrawn, Lapsed };
struct RequestRemark {
    std::string person;
    TimestampMs atMs = -1;
    std::string text;
    bool reminder = false;
};
struct AccessDecision {
    std::string person; ///< or "policy:ID" where a policy approved by itself
    TimestampMs atMs = -1;
    bool approved = false;
    std::string reason, conditions;
};
struct AccessRequest {
    std::string id, author;
    AccessScope scope;   ///< as asked for; once somebody approved: as agreed so far
    std::string product; ///< whose port is asked for; empty: topics by name
    std::string renews;  ///< the grant whose end it moves; empty: a new one
    std::string purpose;
    TimestampMs untilMs = kNoEnd;
    TimestampMs submittedMs = -1, changedMs = -1; ///< changed: submitted or amended last
    TimestampMs lapsesMs = kNoEnd;
    RequestState state = RequestState::Submitted; ///< as decided; see stateAt
    std::vector<std::string> beneficiaries;       ///< people whose principal it was for when it was asked
    std::vector<RequestRemark> remarks;
    std::vector<AccessDecision> decisions; ///< since the last amendment
    std::int64_t revision = 0;

    /// Submitted becomes Lapsed at lapsesMs.
    [[nodiscard]] RequestState stateAt(TimestampMs nowMs) const;
};

// ---- Granted and enforced ----

enum class BindingOutcome : std::uint8_t {
    Intended, ///< it was not there and is about to be sent
    Created,
    Present, ///< it was there already
    Failed,
    Unknown, ///< no answer
    Removed,
    Absent,     ///< was to be removed and wasn't there
    Kept,       ///< another grant wants it
    NotRemoved, ///< refused
};
struct BindingResult {
    backbone::AclBinding binding;
    BindingOutcome outcome = BindingOutcome::Unknown;
    std::string reason; ///< of what failed, a sentence
    friend bool operator==(const BindingResult&, const BindingResult&) = default;
};

enum class GrantState : std::uint8_t {
    Approved,
    Waiting, ///< for what, see Grant::reason
    Applying,
    Enforced,
    Partly,
    Unknown,
    Refused,
    Ending, ///< no longer wanted, its bindings still there; only from stateAt
    Removing,
    Removed,
    RemovalUnknown,
};
struct Grant {
    std::string id; ///< of the request that brought it
    AccessScope scope;
    std::string product, purpose, requester;
    TimestampMs fromMs = -1, untilMs = kNoEnd;
    std::string endBy; ///< which limit set the end, a sentence
    std::vector<AccessDecision> decisions;
    bool revoked = false;
    std::string revokedBy, revokedWhy;
    TimestampMs revokedMs = -1;
    bool suspended = false; ///< its principal is disabled
    std::string confirmedBy;
    TimestampMs confirmedMs = -1; ///< by a campaign

    GrantState reported = GrantState::Approved; ///< by the enforcer; see stateAt
    std::string reason;                         ///< why it is so, a sentence
    std::int64_t ledgerOffset = -1;             ///< up to which the enforcer had read
    TimestampMs reportedMs = -1;
    bool applied = false; ///< bindings of it may be on the backbone
    std::vector<BindingResult> results;
    std::int64_t revision = 0;

    [[nodiscard]] bool inForceAt(TimestampMs nowMs) const;
    [[nodiscard]] GrantState stateAt(TimestampMs nowMs) const;
    /// When it ended or was revoked, whichever came first; -1: neither has happened.
    [[nodiscard]] TimestampMs endedMs(TimestampMs nowMs) const;
    /// How long after that its bindings were removed; 0: they weren't, or within a second.
    [[nodiscard]] std::int64_t removedLateMs() const;
};
/// What is quicker isn't late.
inline constexpr std::int64_t kLateFromMs = 1'000;

/// What the ledger says of one binding on the backbone. Only what is Created, Adopted or Retired is ours.
enum class BindingStanding : std::uint8_t {
    Created, ///< by us, for a grant
    Adopted, ///< found there, wanted from now on
    Ignored, ///< found there, not reported until `untilMs`
    Retired, ///< ours, no longer wanted: to be removed where no grant wants it
};
struct BindingRecord {
    backbone::AclBinding binding;
    BindingStanding standing = BindingStanding::Created;
    std::string grant; ///< Created: the first that wanted it
    std::string team;  ///< Adopted: its owner
    std::string person;
    TimestampMs sinceMs = -1, untilMs = kNoEnd;
    std::int64_t revision = 0;
};

/// How often somebody else changed back what was done here about a binding, as the ledger's entries tell: the same for
/// whoever reads them. Forgotten when the binding is made for a grant anew, or a person wants it tried again.
struct BindingReturns {
    backbone::AclBinding binding;
    std::int64_t gone = 0; ///< it stood as agreed, was taken away, and was put back here
    std::int64_t removed =
        0;                   ///< it was removed here; each time but the last it came back, and if it is there, that too
    TimestampMs lastMs = -1; ///< when it was put back or removed here last
    std::int64_t revision = 0;

    friend bool operator==(const BindingReturns&, const BindingReturns&) = default;
};
/// What is put back here and stays for so long isn't contested any more; what is left alone is tried again then.
inline constexpr TimestampMs kReturnsWithinMs = 7LL * 24 * 60 * 60 * 1'000;
/// How often it came back to what others want, as far as that matters at a moment.
std::int64_t returnsOf(const BindingReturns& returns, bool isWanted, bool isThere, TimestampMs nowMs);

// ---- Confirmed again ----

enum class CampaignAnswer : std::uint8_t { Open, Kept, Dropped };
struct CampaignItem {
    std::string grant;
    CampaignAnswer answer = CampaignAnswer::Open;
    std::string person;
    TimestampMs atMs = -1;
    std::string reason;
};
/// A list of a product's grants for its owner to keep or drop.
struct Campaign {
    std::string id, name, product, openedBy;
    TimestampMs openedMs = -1, dueMs = kNoEnd;
    bool closed = false;
    std::vector<CampaignItem> items; ///< by grant
    std::int64_t revision = 0;
};

} // namespace meshbone::catalog
