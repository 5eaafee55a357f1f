// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

namespace meshbone::catalog {

/// What `validateFields` has Confluent's registry look at: names of fields that the metadata's property
/// `confluent:reserved` keeps from being used ("id,name"). One that the latest version reserves stays reserved, and no
/// field at the top of the schema may have such a name. A sentence for each that doesn't hold; `latest` is null where
/// there is none.
std::vector<std::string> reservedFieldProblems(const ParsedSchema& schema, const SchemaDefinition& definition,
                                               const SchemaDefinition* latest);

} // namespace meshbone::catalog
