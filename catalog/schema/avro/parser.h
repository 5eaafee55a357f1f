// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

#include <memory>
#include <span>

namespace meshbone::catalog::avro {

/// Parses a text and the texts that it needs into one model. Defaults that aren't of their types are
/// marked (Model::wrongDefault). InvalidArgument with line and column; of a referenced text, with its name.
Result<std::shared_ptr<const Model>> parseModel(std::string_view text, std::span<const NamedSchema> references);

} // namespace meshbone::catalog::avro
