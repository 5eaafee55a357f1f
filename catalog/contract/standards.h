// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/contract.h>
#include <catalog/json_schema.h>

#include <string_view>

namespace meshbone::catalog {

/// A version of a standard, with its JSON Schema.
struct Standard {
    std::string_view name; ///< "ODCS 3.1.0"
    std::string_view jsonSchema;
};
/// The one that judges a contract which names that version; one that isn't known is judged by the newest.
Standard standardOf(ContractKind kind, std::string_view apiVersion);

/// A validator of it, made once. Fails only where the schema that is built in can't be read.
Result<JsonValidator> validatorOf(const Standard& standard);

} // namespace meshbone::catalog
