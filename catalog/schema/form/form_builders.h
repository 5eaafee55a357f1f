// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/event_form.h>

namespace meshbone::catalog {

/// More than a person fills in; what is beyond it is Any.
inline constexpr std::size_t kMaxFormTypes = 20'000;

// Each for a schema of its language.
EventFormPtr avroForm(const ParsedSchema& schema);
EventFormPtr jsonForm(const ParsedSchema& schema);
EventFormPtr protobufForm(const ParsedSchema& schema);

} // namespace meshbone::catalog
