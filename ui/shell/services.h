// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/profile_book.h"

#include <backbone/error.h>
#include <backbone/types.h>

#include <functional>
#include <string>
#include <vector>

namespace meshbone::backbone {
class Backbone;
}
namespace meshbone::catalog {
class Catalog;
class Enforcer;
class SchemaRegistry;
class ViolationBook;
} // namespace meshbone::catalog
namespace meshbone::lineage {
class Lineage;
}

namespace meshbone::ui {

/// What the window works on: handed over by app, which owns all of it and outlives the window. The functions may be
/// empty; what they would offer is then not shown, or disabled with a reason. They are called on the GUI thread unless
/// they say otherwise.
struct Services {
    backbone::Backbone& backbone;
    catalog::Catalog* catalog = nullptr; ///< null: could not be opened; `catalogProblem` says why
    lineage::Lineage* lineage = nullptr; ///< null: could not be opened; `lineageProblem` says why
    std::string catalogProblem = {}, lineageProblem = {};

    std::string person = {}; ///< who sits here: the id of the catalog's author; empty: nobody in particular
    catalog::Enforcer* enforcer = nullptr; ///< of this process; null: it doesn't enforce

    catalog::SchemaRegistry* schemas = nullptr; ///< null: there is none; `schemasProblem` says why
    std::string schemasProblem = {};
    /// Tells of changes in the registry, on any thread; empty: it can't, and is asked again from time to time.
    std::function<Subscription(std::function<void()>)> onSchemasChanged = {};

    std::string layoutWorker = {}; ///< program that answers to --layout-worker; for lineage::refinedLayout
    bool embedded = true;          ///< the broker runs in this process
    TimestampMs startedMs = -1;    ///< when the embedded broker began to serve

    ProfileBook profiles = {};
    bool production = false; ///< what can't be undone here asks for the name to be typed

    /// Loads the demo mesh. Blocks: called from a job.
    std::function<Status()> loadDemo = {};

    catalog::ViolationBook* violations = nullptr; ///< what was written against its schema; null: nobody looks
};

} // namespace meshbone::ui
