// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace meshbone::catalog {

/// An id that no other request has: "request-" and 64 random bits. From any thread.
std::string newRequestId();

} // namespace meshbone::catalog
