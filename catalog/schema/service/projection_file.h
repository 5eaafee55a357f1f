// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/schemas/schemas_store.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace meshbone::catalog {

/// The file of a projection, open for who goes on with it, and what it has.
struct OpenedProjection {
    std::unique_ptr<SchemasStore> store;
    SchemasPosition position;
    RegistryState state;
};
/// Opens the file whatever is wrong with it: one that can't be used is put aside and made anew, which is told. Nothing,
/// and that is told too: it is in use by another program, or there can't be a file.
std::optional<OpenedProjection> openProjection(const std::filesystem::path& file,
                                               const std::function<void(const std::string& sentence)>& tell,
                                               const std::function<void(std::string_view)>& onStep = {});

} // namespace meshbone::catalog
