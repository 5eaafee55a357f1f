// SPDX-License-Identifier: Apache-2.0
#include "scenario.h"

#include "commands/text_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

namespace meshbone::app {

namespace {

constexpr auto kQuakes = "seismic.quakes";
constexpr auto kDerived = "seismic.quakes-near-airports";
constexpr TimestampMs kTenMinutesFromMs = 1'517'932'200'000; // 2018-02-06 15:50 UTC: the M 6.4 of Hualien is in it
constexpr TimestampMs kTenMinutesMs = 10 * 60 * 1000;
constexpr auto kSandbox = "sandbox.scenario";
constexpr auto kOneDay = "86400000";
constexpr std::chrono::seconds kSettlesIn{10}; // what was changed is known to each broker of a cluster

const CallOptions kCall{std::chrono::seconds(30), {}};

ScenarioStep failed(std::string who, const Error& error) {
    return {std::move(who), error.message, false};
}

/// Asks again every 200 ms until `holds`, for up to `limit`. The demo's clients need a moment to be seen.
bool eventually(const std::function<bool()>& holds, std::chrono::seconds limit) {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!holds()) {
        if (std::chrono::steady_clock::now() >= deadline) {
            return false;
        }
        never.wait_for(lock, std::chrono::milliseconds(200));
    }
    return true;
}

ScenarioStep followLineage(Session& session) {
    const std::string who = "steward";
    auto* lineage = session.lineage();
    if (lineage == nullptr) {
        return failed(who, session.lineageError().value_or(Error{ErrorCode::Internal, "There is no lineage.", 0}));
    }
    const bool seen = eventually([&] { return isLineageSeen(session); }, std::chrono::seconds(60));
    const auto up = lineage->upstream(kDerived, {});
    const auto down = lineage->downstream(kDerived, {});
    return {who,
            fmt::format("Lineage knows {} nodes; {} comes from {} of them and goes to {}.{}", lineage->nodeCount(),
                        kDerived, up.size(), down.size(),
                        session.embedded() ? "" : " A cluster tells who reads, by consumer groups, not who writes."),
            seen};
}

/// A setting of the sandbox as the broker tells it. A cluster's controller agrees to a change before each broker knows
/// of it, so an older value is asked for again.
Result<std::string> readBack(backbone::Admin& admin, std::string_view name, std::string_view wanted) {
    Result<std::string> value;
    eventually(
        [&] {
            const auto configs = admin.topicConfig(kSandbox, kCall);
            if (!configs) {
                value = std::unexpected(configs.error());
                return true;
            }
            const auto entry = std::ranges::find(*configs, name, &backbone::ConfigEntry::name);
            value = entry == configs->end() ? std::string("not there") : entry->value.value_or("nothing");
            return *value == wanted;
        },
        kSettlesIn);
    return value;
}

ScenarioStep createTopic(Session& session) {
    const std::string who = "admin";
    auto& admin = session.backbone().admin();
    backbone::NewTopic topic;
    topic.name = kSandbox;
    topic.partitions = 3;
    if (const auto made = admin.createTopic(topic, kCall); !made && made.error().code != ErrorCode::AlreadyExists) {
        return failed(who, made.error());
    }
    if (const auto set = admin.alterTopicConfig(kSandbox, {{"retention.ms", kOneDay}}, kCall); !set) {
        return failed(who, set.error());
    }
    const auto value = readBack(admin, "retention.ms", kOneDay);
    if (!value) {
        return failed(who, value.error());
    }
    return {
        who,
        fmt::format("Created {} with 3 partitions and set retention.ms to one day; read back: {}.", kSandbox, *value),
        *value == kOneDay};
}

ScenarioStep browse(Session& session) {
    const std::string who = "admin";
    backbone::MessageQuery query;
    query.topic = kQuakes;
    query.from = backbone::MessageQuery::From::Time;
    query.timeMs = kTenMinutesFromMs;
    query.limit = 5;
    const auto page = session.backbone().messages().read(query, kCall);
    if (!page) {
        return failed(who, page.error());
    }
    if (page->records.empty()) {
        return {who, fmt::format("No message of {} from {} on.", kQuakes, isoTime(kTenMinutesFromMs)), false};
    }
    const auto& first = page->records.front();
    return {who, fmt::format("Browsed {} from {}: partition {} offset {}, key {}, at {}.", kQuakes,
                             isoTime(kTenMinutesFromMs), first.partition.value(), first.offset.value(),
                             printable(first.key.value_or(""), 40), isoTime(first.timestampMs))};
}

Result<backbone::Manifest> replayTenMinutes(backbone::Backbone& backbone, backbone::ReplayPlan& plan) {
    backbone::ReplayRequest request;
    request.sourceTopic = kQuakes;
    request.targetTopic = fmt::format("sandbox.hualien-{}",
                                      std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1));
    request.window = backbone::TimeWindow{kTenMinutesFromMs, kTenMinutesFromMs + kTenMinutesMs};
    auto planned = backbone.replays().plan(request, kCall);
    if (!planned) {
        return std::unexpected(planned.error());
    }
    plan = *planned;
    const auto run = backbone.replays().start(plan);
    if (!run) {
        return std::unexpected(run.error());
    }
    const auto stateOf = [&] {
        const auto runs = backbone.replays().runs();
        const auto at = std::ranges::find(runs, *run, &backbone::RunStatus::run);
        return at == runs.end() ? backbone::RunState::Failed : at->state;
    };
    eventually([&] { return stateOf() != backbone::RunState::Running; }, std::chrono::seconds(60));
    return backbone.replays().manifest(*run);
}

ScenarioStep replay(Session& session, const std::filesystem::path& folder) {
    const std::string who = "on-call engineer";
    backbone::ReplayPlan plan;
    const auto manifest = replayTenMinutes(session.backbone(), plan);
    if (!manifest) {
        return failed(who, manifest.error());
    }
    std::ofstream(folder / "manifest.json") << backbone::manifestJson(*manifest) << "\n";
    std::int64_t written = 0;
    for (const auto& partition : manifest->partitions) {
        written += partition.recordsWritten;
    }
    return {who,
            fmt::format("Replayed ten minutes of {} from {}: {} events planned, {} written to {}, manifest {} ({}).",
                        kQuakes, isoTime(kTenMinutesFromMs), plan.records(), written, plan.request.targetTopic,
                        manifest->complete ? "complete" : "not complete: " + manifest->reason, manifest->sha256),
            manifest->complete && written == plan.records() && written > 0};
}

ScenarioStep verify(Session& session) {
    const std::string who = "steward";
    if (session.catalog() == nullptr) {
        return failed(who, session.catalogError().value_or(Error{ErrorCode::Internal, "There is no catalog.", 0}));
    }
    const auto report = session.catalog()->verify(kCall);
    if (!report) {
        return failed(who, report.error());
    }
    return {who,
            fmt::format("Verified the ledger: {} entries, head {}, projection {} a rebuild.", report->entries,
                        report->head, report->projectionEqual ? "equal to" : "differs from"),
            report->intact && report->projectionEqual};
}

} // namespace

bool isLineageSeen(Session& session) {
    const auto* lineage = session.lineage();
    if (lineage == nullptr || lineage->downstream(kDerived, {}).empty()) {
        return false;
    }
    return !session.embedded() || lineage->upstream(kDerived, {}).size() >= 4;
}

std::vector<ScenarioStep> runScenario(Session& session, const std::filesystem::path& folder) {
    return {followLineage(session), createTopic(session), browse(session), replay(session, folder), verify(session)};
}

Status writeSummary(const std::vector<ScenarioStep>& steps, const std::filesystem::path& folder) {
    std::ofstream file(folder / "summary.md");
    file << "# Meshbone on the demo mesh, without a window\n\n";
    for (const auto& step : steps) {
        file << "- " << (step.ok ? "ok" : "FAILED") << " · " << step.who << ": " << step.sentence << "\n";
    }
    std::vector<std::string> pictures;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".png") {
            pictures.push_back(entry.path().filename().string());
        }
    }
    std::ranges::sort(pictures);
    for (const auto& picture : pictures) {
        file << "\n## " << picture.substr(0, picture.size() - 4) << "\n\n![" << picture << "](" << picture << ")\n";
    }
    if (!file.flush()) {
        return fail(ErrorCode::Io, "Can't write '" + (folder / "summary.md").string() + "'.");
    }
    return {};
}

} // namespace meshbone::app
