// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace meshbone::catalog {

/// The hash before the first entry: 64 zeros.
std::string genesisHash();
/// hash(n) = SHA-256(hash(n-1) || bytes of entry n), over the raw 32 bytes of hash(n-1); both in lower-case hex here.
/// The chain is over the order of the log: two authors who write at once can't know who comes first, so an entry
/// doesn't hold its predecessor's hash; every projection computes the chain alike. A record without a value counts as
/// empty.
std::string nextHash(std::string_view previousHex, std::string_view entry);

} // namespace meshbone::catalog
