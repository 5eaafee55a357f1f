// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/command.h"

#include <catalog/catalog.h>

namespace meshbone::app {

/// `person`: the id of who submits.
using CatalogWork = std::function<Status(catalog::Catalog& catalog, const std::string& person)>;
/// Opens the catalog of the backbone that the options name, waits until it has read the ledger, does the work and turns
/// an error into an exit status.
int withCatalog(const CommonOptions& options, const CatalogWork& work);

} // namespace meshbone::app
