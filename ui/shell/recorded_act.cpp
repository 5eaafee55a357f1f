// SPDX-License-Identifier: Apache-2.0
#include "shell/recorded_act.h"

#include "widgets/format.h"

namespace meshbone::ui {

void actAndRecord(PageContext& context, QObject* owner, RecordedAct act, std::function<void(Result<ActOutcome>)> done) {
    JobOptions options;
    options.title = act.title;
    options.cancellable = false; // half a change is worse than a late one
    context.jobs.run(
        owner, options,
        [&services = context.services, act = std::move(act)](const JobContext& job) -> Result<ActOutcome> {
            if (const auto acted = act.act(services.backbone, job.call(std::chrono::seconds(30))); !acted) {
                return std::unexpected(acted.error());
            }
            ActOutcome outcome;
            if (services.catalog != nullptr) {
                const auto entry = services.catalog->submit({act.record, {}, {}}, job.call(std::chrono::seconds(15)));
                outcome.notRecorded = entry ? QString() : text(entry.error().message);
            }
            return outcome;
        },
        std::move(done));
}

} // namespace meshbone::ui
