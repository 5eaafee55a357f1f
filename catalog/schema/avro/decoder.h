// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/plan.h"

namespace meshbone::catalog::avro {

inline constexpr int kMaxValueDepth = 300;             ///< of records, arrays and maps in one another
inline constexpr std::int64_t kMaxValues = 4'000'000;  ///< in one payload
inline constexpr std::size_t kMaxJsonBytes = 64 << 20; ///< of what it becomes

/// A payload in Avro's binary encoding as one line of JSON, as readable.h says. Corrupt names the byte and the field.
/// All of the payload must be used.
Result<std::string> decode(const Step& step, std::string_view payload);

/// The same without the text: whether decode() would succeed, and if not, why.
Status checkPayload(const Step& step, std::string_view payload);

} // namespace meshbone::catalog::avro
