// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/projection_store.h"

#include <backbone/acl.h>
#include <backbone/error.h>
#include <catalog/evidence.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace meshbone::catalog {

// The lines of an evidence file, docs/evidence.md. Each is an object in the ledger's canonical JSON and ends in a line
// feed. They stand in the order of this variant; left-out ones among the entries.

inline constexpr std::int64_t kEvidenceVersion = 1;
inline constexpr std::size_t kMaxEvidenceLines = 500'000;
inline constexpr std::size_t kMaxEvidenceLine = 16u << 20;
inline constexpr std::size_t kLinksInLine = 500;

struct EvidenceHead {
    std::int64_t version = kEvidenceVersion;
    std::string topic, product;
    std::optional<TimestampMs> fromMs, toMs;
    TimestampMs madeMs = -1;
    std::string maker, key;
    std::int64_t entries = 0; ///< how many the chain has, those that are left out included
    std::int64_t headNumber = -1;
    std::string headHash;
};
struct EvidenceEntry {
    std::int64_t number = -1;
    std::string hash;
    bool accepted = true;
    bool asked = true;     ///< else it is there to decide others
    std::string undecided; ///< from this file it would be decided otherwise: why; empty: it wouldn't
    std::string bytes;     ///< as it is in the topic
};
/// Entries of which only the chain's hash is there.
struct EvidenceLinks {
    std::vector<std::pair<std::int64_t, std::string>> links;
};
/// A person with the keys that the entries enrol.
struct EvidencePerson {
    std::string id, name;
    std::vector<std::string> keys;
};
struct EvidenceAcls {
    TimestampMs readMs = -1;
    std::string whyNot;
    std::int64_t count = 0;
};
struct EvidenceAcl {
    backbone::AclBinding binding;
};
struct EvidenceSeal {
    std::string sha256;             ///< of all bytes before this line
    std::vector<std::string> lines; ///< the first 8 bytes of each line's SHA-256: to find the one that was changed
    std::string signature;          ///< by the maker, over this line without it
};
using EvidenceLine =
    std::variant<EvidenceHead, EvidenceEntry, EvidenceLinks, EvidencePerson, EvidenceAcls, EvidenceAcl, EvidenceSeal>;

/// Canonical, without the line feed. An empty signature is left out.
std::string lineText(const EvidenceLine& line);
/// Only what lineText writes is a line. Fails with InvalidArgument or, for a newer version, Unsupported.
Result<EvidenceLine> parseLine(std::string_view text);

/// How a line is named in a seal.
std::string lineMark(std::string_view line);

} // namespace meshbone::catalog
