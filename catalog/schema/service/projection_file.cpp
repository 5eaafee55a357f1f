// SPDX-License-Identifier: Apache-2.0
#include "schema/service/projection_file.h"

#include <fmt/format.h>

#include <system_error>

namespace meshbone::catalog {

namespace {

Result<OpenedProjection> openFile(const std::filesystem::path& file,
                                  const std::function<void(std::string_view)>& onStep) {
    auto store = SchemasStore::open(file, onStep);
    auto position = store ? (*store)->position() : std::unexpected(store.error());
    if (!position) {
        return std::unexpected(position.error());
    }
    if (position->last == kNoOffset) { // rows of which nobody knows how far they go must not mix with those to come
        if (auto cleared = (*store)->clear({}); !cleared) {
            return std::unexpected(cleared.error());
        }
        return OpenedProjection{std::move(*store), {}, {}};
    }
    auto state = (*store)->load();
    if (!state) {
        return std::unexpected(state.error());
    }
    return OpenedProjection{std::move(*store), std::move(*position), std::move(*state)};
}

/// The bytes stay for who wants to know what happened, until the next time; its WAL would be taken for the new file's.
bool putAside(const std::filesystem::path& file, const std::filesystem::path& aside) {
    std::error_code failed, ignored;
    std::filesystem::rename(file, aside, failed);
    if (failed) {
        return false;
    }
    for (const char* suffix : {"-wal", "-shm", "-journal"}) {
        std::filesystem::remove(file.string() + suffix, ignored);
    }
    return true;
}

} // namespace

std::optional<OpenedProjection> openProjection(const std::filesystem::path& file,
                                               const std::function<void(const std::string& sentence)>& tell,
                                               const std::function<void(std::string_view)>& onStep) {
    auto opened = openFile(file, onStep);
    const auto aside = file.string() + ".damaged";
    if (!opened && opened.error().code != ErrorCode::Locked && opened.error().code != ErrorCode::Exhausted &&
        putAside(file, aside)) {
        tell(fmt::format("{} It was put aside as '{}' and is built again from the topic.", opened.error().message,
                         aside));
        opened = openFile(file, onStep);
    }
    if (!opened) {
        tell(fmt::format("{} The schemas are read from their topic at each start meanwhile.", opened.error().message));
        return std::nullopt;
    }
    return std::move(*opened);
}

} // namespace meshbone::catalog
