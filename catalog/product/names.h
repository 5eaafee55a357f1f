// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/utf8.h>

#include <cstddef>
#include <string_view>

namespace meshbone::catalog {

// What may be written where. Every projection decides by these alike, so a rule here never depends on a locale, a clock
// or a machine, and changing one needs a new version of the ledger's entries.

inline constexpr std::size_t kMaxSlugBytes = 64;
inline constexpr std::size_t kMaxNameBytes = 200;
inline constexpr std::size_t kMaxTextBytes = 8'000; ///< descriptions and reasons
inline constexpr std::size_t kMaxTopicBytes = 249;  ///< Kafka's own bound
inline constexpr std::size_t kMaxPorts = 1'000;     ///< of one product
inline constexpr std::size_t kMaxPeople = 1'000;    ///< of one team
inline constexpr std::size_t kMaxKeys = 32;         ///< of one person
inline constexpr std::size_t kMaxRecorded = 500;    ///< fields before, and after, of a recorded act

/// A slug: 1 to 64 of a-z, 0-9 and '-', neither first nor last a '-'. `what` names the thing in the sentence
/// ("product").
Status checkSlug(std::string_view what, std::string_view id);
/// A name that a person reads: valid UTF-8 on one line, not blank.
Status checkName(std::string_view what, std::string_view name);
/// Free text of several lines: valid UTF-8 without control characters other than tab and line feed.
Status checkText(std::string_view what, std::string_view text, std::size_t maxBytes = kMaxTextBytes);
/// A topic's name as Kafka allows it: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-', neither "." nor "..".
Status checkTopicName(std::string_view topic);
/// The same, and not one of Kafka's own ("__…") or Meshbone's ("_meshbone.…"): those belong to no product.
Status checkProductTopic(std::string_view topic);
/// Ed25519 public key in base64: 44 characters that stand for 32 bytes.
Status checkPublicKey(std::string_view key);

/// At most 80 bytes of a text for a sentence, cut between characters.
std::string_view clipped(std::string_view text);

} // namespace meshbone::catalog
