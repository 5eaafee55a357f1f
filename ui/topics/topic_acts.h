// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <catalog/catalog.h>

#include <functional>

namespace meshbone::ui {

/// What a change to a topic came to: done, and written into the ledger or not (then why not).
struct ActOutcome {
    QString notRecorded; ///< empty: it stands in the ledger, or there is no ledger
};

/// Does something to a topic in a job and records it in the governance ledger with what was before and after. `done`
/// hears the outcome on the GUI thread, unless `owner` is gone.
void actOnTopic(PageContext& context, QObject* owner, const QString& title, const catalog::RecordAct& record,
                std::function<Status(backbone::Admin&, const CallOptions&)> act,
                std::function<void(Result<ActOutcome>)> done);

} // namespace meshbone::ui
