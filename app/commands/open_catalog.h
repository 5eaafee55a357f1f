// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/command.h"

#include <catalog/catalog.h>

namespace meshbone::app {

/// `person`: the id of who submits.
using CatalogWork = std::function<Status(catalog::Catalog& catalog, const std::string& person)>;
/// Which projection of the ledger a command works on.
enum class Projection : std::uint8_t {
    Kept,   ///< the one in the state folder; fails with Locked while another program has it
    AnyOne, ///< that one, or while it is in use one that is made for the command and thrown away
};
/// Opens the catalog of the backbone that the options name, waits until it has read the ledger, does the work and turns
/// an error into an exit status.
int withCatalog(const CommonOptions& options, Projection projection, const CatalogWork& work);

} // namespace meshbone::app
