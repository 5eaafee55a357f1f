// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::catalog {

/// The version of entries that this program writes. It reads the versions 1 to this.
inline constexpr std::int64_t kEntryVersion = 1;

/// One entry of the ledger, version 1: the value of a record in _meshbone.ledger, as canonical JSON with these keys:
///
///     act        "product.put"; see command_codec.h
///     author     id of the person who wrote it
///     expected   revision that the author saw; left out: don't care
///     key        id of the public key that the signature is by (signing.h)
///     payload    object, by act
///     previous   hash of the chain that the author saw last: what they knew when they wrote it. Informational for a
///                projection; verify uses it as the author's witness that the entries before haven't changed since
///     signature  Ed25519 in base64, over the canonical JSON of all the other keys
///     subject    id or topic that it is about
///     time       the author's clock, ms since the epoch
///     version    1
///     why        the author's reason; may be empty
///
/// All are demanded but `expected`, and no others are allowed: what isn't known isn't signed for.
struct Entry {
    std::int64_t version = kEntryVersion;
    std::string author, keyId, act, subject;
    std::string payload = "{}"; ///< canonical JSON
    std::optional<std::int64_t> expected;
    std::string why;
    TimestampMs timeMs = 0;
    std::string previous;
    std::string signature; ///< empty: not signed yet
};

/// What could be read of an entry for showing it, even when it is refused.
struct ParsedEntry {
    Entry entry;                  ///< fields that could be read; others are as above
    std::string signedBytes;      ///< what the signature is over; empty when refused
    std::optional<Error> refused; ///< why it is no entry: malformed, not canonical, of a newer version
};

/// Never fails, whatever the bytes are.
ParsedEntry parseEntry(std::string_view bytes);
/// The canonical bytes, without the signature when it is empty. Fails with InvalidArgument (a text that isn't UTF-8,
/// too large).
Result<std::string> encodeEntry(const Entry& entry);

} // namespace meshbone::catalog
