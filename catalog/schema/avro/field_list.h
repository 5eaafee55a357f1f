// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

namespace meshbone::catalog::avro {

inline constexpr std::size_t kMaxListedFields = 10'000;

/// The fields from the top down, at most kMaxListedFields. A record inside itself isn't entered again. `text` is the
/// text of the model's own, for places; what comes from a referenced text has none.
std::vector<SchemaField> listFields(const Model& model, std::string_view text);

} // namespace meshbone::catalog::avro
