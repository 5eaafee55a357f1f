// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <catalog/catalog.h>

#include <functional>

namespace meshbone::ui {

/// What a change to the backbone came to: done, and written into the ledger or not (then why not).
struct ActOutcome {
    QString notRecorded; ///< empty: it stands in the ledger, or there is no ledger
};

/// A change to the backbone that the ledger doesn't make by itself, with the entry that tells of it. Nothing secret may
/// stand in any of its texts.
struct RecordedAct {
    QString title; ///< for the status bar
    catalog::RecordAct record;
    std::function<Status(backbone::Backbone&, const CallOptions&)> act;
};

/// Does it in a job and records it with what was before and after. `done` hears the outcome on the GUI thread, unless
/// `owner` is gone.
void actAndRecord(PageContext& context, QObject* owner, RecordedAct act, std::function<void(Result<ActOutcome>)> done);

} // namespace meshbone::ui
