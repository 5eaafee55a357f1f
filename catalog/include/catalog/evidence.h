// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>
#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

// An evidence package: one file that shows what the ledger says of a topic or a product in a period, and that anybody
// can check who has this program and nothing else. docs/evidence.md has its format.

/// The access control lists of the backbone beside the ledger, as they were when the file was made.
struct AclSnapshot {
    TimestampMs readMs = -1;
    std::string whyNot; ///< they couldn't be read: why, a sentence
    std::vector<backbone::AclBinding> bindings;
};
struct EvidenceRequest {
    std::string topic, product;              ///< one of them; both empty: the whole ledger
    std::optional<TimestampMs> fromMs, toMs; ///< [from, to) by the authors' clocks
    TimestampMs madeMs = -1;
    AclSnapshot acls; ///< all of the backbone; only what concerns the topics gets into the file
};

/// Something that is wrong with a file, and where.
struct EvidenceFinding {
    std::int64_t line = 0;   ///< from 1; 0: the file as a whole
    std::int64_t entry = -1; ///< number of the ledger's entry; -1: it is about none
    std::string what;        ///< a sentence
};
struct EvidenceReport {
    // What the file says of itself.
    std::string topic, product;
    std::optional<TimestampMs> fromMs, toMs;
    std::string maker, makerKey; ///< the person's id and public key
    TimestampMs madeMs = -1;
    std::int64_t headNumber = -1; ///< of the last entry that its chain reaches
    std::string headHash;

    std::int64_t asked = 0;    ///< entries about the topic in the period
    std::int64_t context = 0;  ///< entries that are needed to decide those again
    std::int64_t leftOut = 0;  ///< entries of which only the hash is there
    std::int64_t rejected = 0; ///< of those that are there: the ledger rejects them
    std::int64_t people = 0;
    std::int64_t acls = 0;
    TimestampMs aclsReadMs = -1;
    std::string aclsWhyNot;

    std::vector<EvidenceFinding> wrong;     ///< the first 100
    std::vector<EvidenceFinding> undecided; ///< entries that can't be decided again from what is in the file; first 100
    [[nodiscard]] bool isGenuine() const { return wrong.empty(); }
};

/// A larger file is none.
inline constexpr std::size_t kMaxEvidenceBytes = 256u << 20;

/// Checks a file: what is sealed is unchanged, the chain is whole, each entry is signed by a key that an entry
/// enrolled, its author had the right to it, and whoever made the file signed it. Looks at nothing but these bytes;
/// never fails, whatever they are.
EvidenceReport verifyEvidence(std::string_view file);

} // namespace meshbone::catalog
