// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace meshbone::catalog {

/// Sixteen bytes as "00112233-4455-6677-8899-aabbccddeeff".
std::string uuidText(std::string_view bytes);

} // namespace meshbone::catalog
