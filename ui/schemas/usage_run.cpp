// SPDX-License-Identifier: Apache-2.0
#include "schemas/usage_run.h"

#include <catalog/contract_of.h>

namespace meshbone::ui {

namespace {

constexpr auto kAskedLimit = std::chrono::seconds(3); // what they tell is worth no more waiting

} // namespace

Result<UsageAnswerPtr> usageOf(const UsageQuestion& question, const JobContext& job, std::atomic<std::int64_t>& count) {
    auto answer = std::make_shared<UsageAnswer>();
    catalog::UsageSources sources{*question.book};
    sources.topicOf = [&](const std::string& subject) { return question.topics.topicOf(subject); };
    if (question.registry != nullptr) {
        if (auto asked = question.registry->fetches(job.call(kAskedLimit))) {
            answer->isAskedTold = true;
            sources.asked = std::move(*asked);
            const auto status = question.registry->status(job.call(kAskedLimit));
            answer->askedSinceMs = status ? status->notedSinceMs : -1;
        }
    }
    if (question.catalog != nullptr) {
        answer->areContractsRead = true;
        sources.bound = catalog::boundVersions(*question.catalog, *question.book);
    }
    answer->seen = question.seen;
    if (question.window) {
        const auto& topics = question.lookedAt;
        catalog::SeenSchemas seen(question.book);
        auto account = scanTopics(
            *question.backbone, topics.empty() ? catalog::topicsToScan(sources) : topics, *question.window, job,
            [&](const Record& record) { seen.add(record); }, count);
        if (!account) {
            return std::unexpected(account.error());
        }
        answer->seen = std::make_shared<const catalog::SeenEvents>(seen.take(std::move(*account)));
    }
    sources.seen = answer->seen.get();
    answer->unused = catalog::unusedVersions(sources);
    for (const auto& one : answer->unused) {
        if (one.looked == catalog::VersionUsage::Looked::All) {
            answer->surelyUnused.emplace(one.version.subject, one.version.version, one.version.id.value());
        }
    }
    return answer;
}

} // namespace meshbone::ui
