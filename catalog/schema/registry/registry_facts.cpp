// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_registry.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {

namespace {

std::unexpected<Error> onlyOurs() {
    return fail(ErrorCode::Unsupported, "Only Meshbone's own schema registry tells this.");
}

} // namespace

Result<std::vector<TopicViolations>> SchemaRegistry::violations(const CallOptions&) {
    return onlyOurs();
}

Result<std::vector<SchemaFetch>> SchemaRegistry::fetches(const CallOptions&) {
    return onlyOurs();
}

Result<RegistryStatus> SchemaRegistry::status(const CallOptions&) {
    return onlyOurs();
}

namespace {
constexpr std::array<std::string_view, 3> kAsks{"byId", "lookUp", "register"};
} // namespace

std::string_view schemaAskName(SchemaAsk what) {
    return kAsks.at(static_cast<std::size_t>(what));
}

std::optional<SchemaAsk> schemaAskFromName(std::string_view name) {
    const auto found = std::ranges::find(kAsks, name);
    return found == kAsks.end() ? std::nullopt : std::optional(static_cast<SchemaAsk>(found - kAsks.begin()));
}

std::string contradictionWords(const RegistryStatus& status) {
    if (status.contradicting == 0) {
        return {};
    }
    return fmt::format("{} in the topic of the schemas {} an id to a schema that isn't the one it stands for, and {} "
                       "taken; the last is {}. Two registries write to the topic: stop one of them, and register "
                       "again what it had given an id.",
                       status.contradicting == 1 ? "A record" : fmt::format("{} records", status.contradicting),
                       status.contradicting == 1 ? "gives" : "give", status.contradicting == 1 ? "wasn't" : "weren't",
                       status.lastContradicting);
}

} // namespace meshbone::catalog
