// SPDX-License-Identifier: Apache-2.0
#include "access/last_use.h"

#include "access/client_uses.h"

#include <algorithm>
#include <unordered_map>

namespace meshbone::ui {

LastUse lastUseOf(const lineage::Lineage& lineage, const std::vector<catalog::Grant>& grants) {
    LastUse last;
    std::unordered_map<std::string, std::vector<ClientUse>> seen; // a principal has many grants
    for (const auto& grant : grants) {
        auto [uses, isNew] = seen.try_emplace(grant.scope.principal);
        if (isNew) {
            uses->second = clientUses(lineage, grant.scope.principal);
        }
        TimestampMs lastMs = -1;
        for (const auto& use : uses->second) {
            lastMs = catalog::coversTopic(use.reads ? grant.scope.reads : grant.scope.writes, use.topic)
                         ? std::max(lastMs, use.lastMs)
                         : lastMs;
        }
        last.emplace(grant.id, lastMs);
    }
    return last;
}

void readLastUse(PageContext& context, QObject* owner, std::function<void(LastUse)> done) {
    const auto* lineage = context.services.lineage;
    if (lineage == nullptr) {
        return;
    }
    context.jobs.run(
        owner, {.title = {}, .key = QStringLiteral("use")},
        [lineage, catalog = context.feed.catalog()](const JobContext&) -> Result<LastUse> {
            return lastUseOf(*lineage, catalog->access.grants);
        },
        [done = std::move(done)](Result<LastUse> use) { done(std::move(*use)); });
}

} // namespace meshbone::ui
