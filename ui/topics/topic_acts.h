// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/recorded_act.h"

namespace meshbone::ui {

/// Does something to a topic in a job and records it in the governance ledger with what was before and after. `done`
/// hears the outcome on the GUI thread, unless `owner` is gone.
void actOnTopic(PageContext& context, QObject* owner, const QString& title, const catalog::RecordAct& record,
                std::function<Status(backbone::Admin&, const CallOptions&)> act,
                std::function<void(Result<ActOutcome>)> done);

} // namespace meshbone::ui
