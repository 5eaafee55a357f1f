// SPDX-License-Identifier: Apache-2.0
// Two schemas of JSON Schema and a payload: see tryOut().
#include "schema_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    meshbone::fuzz::tryOut(meshbone::catalog::SchemaType::Json, meshbone::fuzz::schemaInput(data, size));
    return 0;
}
