// SPDX-License-Identifier: Apache-2.0
// Records of _schemas, a key and a value each with zero bytes between: whatever they are, they are applied or refused,
// and what is there afterwards can be told.
#include "schema/registry/registry_state.h"

#include <cstdint>

using namespace meshbone;
using namespace meshbone::catalog;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    RegistryState state;
    for (int records = 0; !rest.empty() && records < 100; ++records) {
        const auto end = rest.find('\0');
        const auto key = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const auto valueEnd = rest.find('\0');
        const auto value = rest.substr(0, valueEnd);
        rest.remove_prefix(valueEnd == std::string_view::npos ? rest.size() : valueEnd + 1);
        const auto record = decodeRegistryRecord(key, value.empty() ? std::nullopt : std::optional<Bytes>(value));
        if (record) {
            state.apply(*record, 0);
            (void)encodeRegistryRecord(*record);
        }
    }
    state.forEach([&](const SchemaVersion& version) {
        (void)state.referencedBy(version.subject, version.version);
        (void)state.byId(SubjectName::parse(version.subject).context, version.id);
    });
    return 0;
}
