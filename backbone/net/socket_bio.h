// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/openssl.h"

#include <cstddef>
#include <limits>

namespace meshbone::backbone::net {

/// What a BIO may still read from its socket. OpenSSL asks again and again; a peer that sends what is no data (or a
/// handshake without an end) must not keep a thread busy.
struct ReadAllowance {
    std::size_t bytes = std::numeric_limits<std::size_t>::max();
    std::size_t taken = 0; ///< of all times
};

/// A BIO over a connected socket that isn't its own. Unlike OpenSSL's it never raises SIGPIPE, and where the allowance
/// (null: none) is used up it acts as if nothing more had come. The allowance outlives the BIO.
tls::BioPtr socketBio(int descriptor, ReadAllowance* allowance);

} // namespace meshbone::backbone::net
