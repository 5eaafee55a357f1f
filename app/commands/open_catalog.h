// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/command.h"

#include <backbone/backbone.h>
#include <catalog/catalog.h>

namespace meshbone::app {

/// `person`: the id of who submits.
using CatalogWork = std::function<Status(catalog::Catalog& catalog, const std::string& person)>;
/// What is open while a command works.
struct OpenMesh {
    backbone::Backbone& backbone;
    catalog::Catalog& catalog;
    std::string person;
};
using MeshWork = std::function<Status(const OpenMesh& mesh)>;
/// Which projection of the ledger a command works on.
enum class Projection : std::uint8_t {
    Kept,   ///< the one in the state folder; fails with Locked while another program has it
    AnyOne, ///< that one, or while it is in use one that is made for the command and thrown away
};
/// Opens the catalog of the backbone that the options name, waits until it has read the ledger, does the work and turns
/// an error into an exit status.
int withCatalog(const CommonOptions& options, Projection projection, const CatalogWork& work);
/// The same for work that needs the backbone too, where the error is the caller's to tell.
Status tryMesh(const CommonOptions& options, Projection projection, const MeshWork& work);
/// And where it becomes the exit status.
int withMesh(const CommonOptions& options, Projection projection, const MeshWork& work);

} // namespace meshbone::app
