// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace meshbone::ui {

/// An id that no other request has: "request-" and 64 random bits.
std::string newRequestId();

} // namespace meshbone::ui
