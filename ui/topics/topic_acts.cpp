// SPDX-License-Identifier: Apache-2.0
#include "topics/topic_acts.h"

namespace meshbone::ui {

void actOnTopic(PageContext& context, QObject* owner, const QString& title, const catalog::RecordAct& record,
                std::function<Status(backbone::Admin&, const CallOptions&)> act,
                std::function<void(Result<ActOutcome>)> done) {
    JobOptions options;
    options.title = title;
    options.cancellable = false; // half a change is worse than a late one
    context.jobs.run(
        owner, options,
        [&services = context.services, record, act = std::move(act)](const JobContext& job) -> Result<ActOutcome> {
            if (const auto acted = act(services.backbone.admin(), job.call(std::chrono::seconds(30))); !acted) {
                return std::unexpected(acted.error());
            }
            ActOutcome outcome;
            if (services.catalog != nullptr) {
                const auto entry = services.catalog->submit({record, {}, {}}, job.call(std::chrono::seconds(15)));
                outcome.notRecorded = entry ? QString() : QString::fromStdString(entry.error().message);
            }
            return outcome;
        },
        std::move(done));
}

} // namespace meshbone::ui
