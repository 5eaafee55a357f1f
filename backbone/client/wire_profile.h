// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/wire_connection.h"

namespace meshbone::backbone {

// What a profile means for a connection that is not librdkafka's. Pure functions, any thread.

/// None without TLS. Reads the profile's files and, where they are not named, librdkafka's own properties (ssl.*).
/// Unsupported for a property that only librdkafka knows how to follow (a key store, a pinned cipher).
Result<std::optional<net::TlsOptions>> tlsOptionsOf(const Profile& profile);

} // namespace meshbone::backbone
