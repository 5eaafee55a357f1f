// SPDX-License-Identifier: Apache-2.0
#include "contract/standards.h"

#include <backbone/embed.h>

#include <map>
#include <mutex>

// The files of standards/, as they are: the program needs none beside it.
#define MESHBONE_STANDARD(symbol, file) MESHBONE_EMBED_FILE(symbol, MESHBONE_STANDARDS "/" file)
MESHBONE_STANDARD(meshbone_odcs_3_1_0, "odcs-v3.1.0.schema.json")
MESHBONE_STANDARD(meshbone_odps_1_0_0, "odps-v1.0.0.schema.json")
MESHBONE_STANDARD(meshbone_odps_1_1_0, "odps-v1.1.0.schema.json")

namespace meshbone::catalog {

Standard standardOf(ContractKind kind, std::string_view apiVersion) {
    if (kind == ContractKind::DataContract) {
        return {"ODCS 3.1.0", {meshbone_odcs_3_1_0_begin, meshbone_odcs_3_1_0_end}};
    }
    if (apiVersion == "v1.0.0" || apiVersion == "v0.9.0") {
        return {"ODPS 1.0.0", {meshbone_odps_1_0_0_begin, meshbone_odps_1_0_0_end}};
    }
    return {"ODPS 1.1.0", {meshbone_odps_1_1_0_begin, meshbone_odps_1_1_0_end}};
}

Result<JsonValidator> validatorOf(const Standard& standard) {
    static std::mutex mutex;
    static std::map<std::string_view, ParsedSchemaPtr> known; // by name
    const std::scoped_lock lock(mutex);
    ParsedSchemaPtr& schema = known[standard.name];
    if (!schema) {
        auto parsed = parseJsonSchema(std::string(standard.jsonSchema));
        if (!parsed) {
            return std::unexpected(parsed.error());
        }
        schema = std::move(*parsed);
    }
    return JsonValidator::of(schema);
}

} // namespace meshbone::catalog
