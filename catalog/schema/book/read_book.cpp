// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_book.h>

namespace meshbone::catalog {

Result<SchemaBookPtr> readSchemaBook(SchemaRegistry& registry, bool withSettings, const CallOptions& call) {
    auto versions = registry.versions(call);
    if (!versions) {
        return std::unexpected(versions.error());
    }
    if (!withSettings) {
        return std::make_shared<const SchemaBook>(std::move(*versions));
    }
    std::vector<std::string> subjects;
    for (const auto& one : *versions) {
        if (subjects.empty() || subjects.back() != one.subject) {
            subjects.push_back(one.subject);
        }
    }
    auto settings = registry.settings(subjects, call);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    return std::make_shared<const SchemaBook>(std::move(*versions), std::move(*settings));
}

} // namespace meshbone::catalog
