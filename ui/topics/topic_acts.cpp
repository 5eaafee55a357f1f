// SPDX-License-Identifier: Apache-2.0
#include "topics/topic_acts.h"

namespace meshbone::ui {

void actOnTopic(PageContext& context, QObject* owner, const QString& title, const catalog::RecordAct& record,
                std::function<Status(backbone::Admin&, const CallOptions&)> act,
                std::function<void(Result<ActOutcome>)> done) {
    actAndRecord(context, owner,
                 {title, record,
                  [act = std::move(act)](backbone::Backbone& backbone, const CallOptions& call) {
                      return act(backbone.admin(), call);
                  }},
                 std::move(done));
}

} // namespace meshbone::ui
