// SPDX-License-Identifier: Apache-2.0
#include "replay/past_run.h"

#include "replay/journal.h"
#include "replay/replay_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace meshbone::backbone {

namespace {

using Json = nlohmann::json;

std::int64_t writtenOf(const Manifest& manifest) {
    std::int64_t sum = 0;
    for (const auto& one : manifest.partitions) {
        sum += one.recordsWritten;
    }
    return sum;
}

/// A manifest of what a start line says, before any progress.
Result<Manifest> startedManifest(const Json& start) {
    Manifest manifest;
    auto request = requestFromJson(start.value("plan", Json::object()).value("request", Json::object()));
    if (!request) {
        return std::unexpected(request.error());
    }
    manifest.run = start.value("run", "");
    manifest.planHash = start.value("planHash", "");
    manifest.request = std::move(*request);
    manifest.startedMs = start.value("atMs", std::int64_t{-1});
    for (const auto& one : start["plan"].value("partitions", Json::array())) {
        ManifestPartition partition;
        partition.partition = Partition(one.value("partition", 0));
        manifest.planned += one.value("records", std::int64_t{0});
        manifest.partitions.push_back(std::move(partition));
    }
    return manifest;
}

void markCrashed(Manifest& manifest, TimestampMs lastSeenMs) {
    manifest.state = RunState::Crashed;
    manifest.complete = false;
    manifest.endedMs = lastSeenMs;
    manifest.reason = fmt::format("Meshbone ended while this run was going. At least {} of {} events were written; the "
                                  "target may hold some more.",
                                  writtenOf(manifest), manifest.planned);
    manifest.sha256 = manifestSha256(manifest);
}

} // namespace

RunStatus statusOf(const Manifest& manifest) {
    RunStatus status;
    status.run = manifest.run;
    status.request = manifest.request;
    status.state = manifest.state;
    status.reason = manifest.reason;
    status.planned = manifest.planned;
    status.written = writtenOf(manifest);
    for (const auto& one : manifest.partitions) {
        for (const auto& [reason, count] : one.leftOut) {
            status.leftOut += count;
        }
    }
    status.startedMs = manifest.startedMs;
    status.endedMs = manifest.endedMs;
    return status;
}

Result<PastRun> readPastRun(const std::filesystem::path& directory) {
    auto contents = Journal::read(directory);
    if (!contents) {
        return std::unexpected(contents.error());
    }
    auto manifest = startedManifest(contents->lines.front());
    if (!manifest) {
        return std::unexpected(manifest.error());
    }
    const auto last = std::ranges::find_if(contents->lines.rbegin(), contents->lines.rend(),
                                           [](const Json& line) { return line.contains("manifest"); });
    const bool hasEnd = last != contents->lines.rend() && last->value("event", "") == "end";
    if (last != contents->lines.rend()) {
        manifest = manifestFromJson((*last)["manifest"]);
        if (!manifest) {
            return std::unexpected(manifest.error());
        }
    }
    if (!hasEnd && !contents->alive) {
        markCrashed(*manifest, contents->lines.back().value("atMs", manifest->startedMs));
    }
    if (hasEnd && manifest->sha256 != manifestSha256(*manifest)) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("The manifest of the replay '{}' was changed after it was written.", manifest->run));
    }
    return PastRun{statusOf(*manifest), std::move(*manifest), contents->alive};
}

std::vector<PastRun> readPastRuns(const std::filesystem::path& folder, std::size_t most) {
    std::vector<std::filesystem::path> directories;
    std::error_code problem;
    for (std::filesystem::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        if (it->is_directory(problem)) {
            directories.push_back(it->path());
        }
    }
    std::ranges::sort(directories, std::ranges::greater()); // run ids begin with their time
    if (directories.size() > most) {
        directories.resize(most);
    }
    std::vector<PastRun> runs;
    for (const auto& directory : directories) {
        if (auto run = readPastRun(directory)) {
            runs.push_back(std::move(*run));
        }
    }
    return runs;
}

} // namespace meshbone::backbone
