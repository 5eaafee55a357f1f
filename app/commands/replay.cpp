// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/text_table.h"

#include "session.h"

#include <backbone/backbone.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace meshbone::app {

namespace {

struct ReplayOptions : CommonOptions {
    std::string source, target, from, to, pace = "max", key, keyContains, header, run;
    std::vector<std::int32_t> partitions;
    std::vector<std::string> offsets; ///< PARTITION:FROM:TO
    bool includeReplayed = false;
};

Result<backbone::Pace> parsePace(const std::string& text) {
    using Kind = backbone::Pace::Kind;
    const auto numberAfter = [&](std::size_t prefix) {
        char* end = nullptr;
        const double value = std::strtod(text.c_str() + prefix, &end);
        return end == text.c_str() + text.size() && value > 0 && value <= 1e9 ? value : -1.0;
    };
    if (text == "max") {
        return backbone::Pace{Kind::Max, 1};
    }
    if (text == "original") {
        return backbone::Pace{Kind::Original, 1};
    }
    if (text.starts_with("x") && numberAfter(1) > 0) {
        return backbone::Pace{Kind::Factor, numberAfter(1)};
    }
    if (text.ends_with("/s")) {
        char* end = nullptr;
        const double value = std::strtod(text.c_str(), &end);
        if (std::string_view(end) == "/s" && value > 0 && value <= 1e9) {
            return backbone::Pace{Kind::RecordsPerSecond, value};
        }
    }
    return fail(ErrorCode::InvalidArgument, "--pace " + text + " is none of: max, original, xN, N/s.");
}

Result<backbone::OffsetWindow> parseOffsets(const std::vector<std::string>& texts) {
    backbone::OffsetWindow window;
    for (const auto& text : texts) {
        int partition = 0, consumed = 0;
        long long from = 0, to = 0;
        if (std::sscanf(text.c_str(), "%d:%lld:%lld%n", &partition, &from, &to, &consumed) != 3 ||
            consumed != static_cast<int>(text.size()) || partition < 0 || from < 0) {
            return fail(ErrorCode::InvalidArgument, "--offsets " + text + " is not PARTITION:FROM:TO.");
        }
        window.ranges[Partition(partition)] = {Offset(from), Offset(to)};
    }
    return window;
}

Result<backbone::ReplayRequest> requestOf(const ReplayOptions& options) {
    backbone::ReplayRequest request;
    request.sourceTopic = options.source;
    request.targetTopic = options.target;
    request.includeReplayed = options.includeReplayed;
    for (const auto partition : options.partitions) {
        request.partitions.emplace_back(partition);
    }
    if (!options.offsets.empty()) {
        const auto window = parseOffsets(options.offsets);
        if (!window) {
            return std::unexpected(window.error());
        }
        request.window = *window;
    } else {
        backbone::TimeWindow window;
        if (!parseTime(options.from, window.fromMs) || !parseTime(options.to, window.toMs)) {
            return fail(ErrorCode::InvalidArgument,
                        "Give the window by --from TIME --to TIME, or by --offsets P:FROM:TO.");
        }
        request.window = window;
    }
    if (!options.key.empty()) {
        request.filter.keyEquals = options.key;
    }
    if (!options.keyContains.empty()) {
        request.filter.keyContains = options.keyContains;
    }
    const auto equals = options.header.find('=');
    request.filter.headerName = options.header.substr(0, equals);
    if (equals != std::string::npos) {
        request.filter.headerEquals = options.header.substr(equals + 1);
    }
    const auto pace = parsePace(options.pace);
    if (!pace) {
        return std::unexpected(pace.error());
    }
    request.pace = *pace;
    return request;
}

const char* severityName(backbone::ReplayFinding::Severity severity) {
    using Severity = backbone::ReplayFinding::Severity;
    switch (severity) {
    case Severity::Ok:
        return "ok";
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Blocking:
        return "blocking";
    }
    return "info";
}

Json planJson(const backbone::ReplayPlan& plan) {
    Json json{{"plan", plan.hash},
              {"source", plan.request.sourceTopic},
              {"target", plan.request.targetTopic},
              {"records", plan.records()},
              {"bytes", plan.bytes()},
              {"scanMs", plan.scanTime.count()},
              {"blocked", plan.blocked()},
              {"partitions", Json::array()},
              {"findings", Json::array()}};
    for (const auto& p : plan.partitions) {
        Json leftOut = Json::object();
        for (const auto& [reason, count] : p.leftOut) {
            leftOut[reason] = count;
        }
        json["partitions"].push_back({{"partition", p.partition.value()},
                                      {"scanFrom", p.scanFrom.value()},
                                      {"scanTo", p.scanTo.value()},
                                      {"firstOffset", p.firstOffset.value()},
                                      {"lastOffset", p.lastOffset.value()},
                                      {"records", p.records},
                                      {"bytes", p.bytes},
                                      {"outsideWindow", p.outsideWindow},
                                      {"outOfOrder", p.outOfOrder},
                                      {"leftOut", leftOut}});
    }
    for (const auto& finding : plan.findings) {
        json["findings"].push_back(
            {{"severity", severityName(finding.severity)}, {"code", finding.code}, {"sentence", finding.sentence}});
    }
    return json;
}

void printPlan(const ReplayOptions& options, const backbone::ReplayPlan& plan) {
    if (options.json) {
        printJson(planJson(plan));
        return;
    }
    TextTable table(
        {"Partition", "First offset", "Last offset", "Events", "Bytes", "First event", "Last event", "Left out"});
    for (const auto& p : plan.partitions) {
        std::int64_t leftOut = 0;
        for (const auto& [reason, count] : p.leftOut) {
            leftOut += count;
        }
        table.add({std::to_string(p.partition.value()), std::to_string(p.firstOffset.value()),
                   std::to_string(p.lastOffset.value()), std::to_string(p.records), std::to_string(p.bytes),
                   isoTime(p.firstTimestampMs), isoTime(p.lastTimestampMs), std::to_string(leftOut)});
    }
    table.print();
    for (const auto& finding : plan.findings) {
        fmt::print("{}: {}\n", severityName(finding.severity), finding.sentence);
    }
    fmt::print("{} event(s), plan {}\n", plan.records(), plan.hash);
}

Result<std::unique_ptr<backbone::Backbone>> open(const ReplayOptions& options) {
    const auto profile = options.profile();
    if (!profile) {
        return std::unexpected(profile.error());
    }
    auto opened = backbone::Backbone::open(*profile, options.folderOf(*profile));
    if (opened) {
        if (const auto healthy = (*opened)->waitHealthy(options.call()); !healthy) {
            return std::unexpected(healthy.error());
        }
    }
    return opened;
}

Status plan(const ReplayOptions& options, backbone::Backbone& backbone) {
    const auto request = requestOf(options);
    if (!request) {
        return std::unexpected(request.error());
    }
    const auto plan = backbone.replays().plan(*request, options.call());
    if (!plan) {
        return std::unexpected(plan.error());
    }
    printPlan(options, *plan);
    return {};
}

std::string sentenceOf(const backbone::ReplayPlan& plan) {
    for (const auto& finding : plan.findings) {
        if (finding.severity == backbone::ReplayFinding::Severity::Blocking) {
            return finding.sentence;
        }
    }
    return "The plan is blocked.";
}

/// Waits until a run has ended.
class RunEnd {
public:
    void changed(const backbone::RunStatus& status) {
        const std::lock_guard lock(m_mutex);
        m_states[status.run] = status.state;
        m_wake.notify_all();
    }
    backbone::RunState wait(const std::string& run) {
        using backbone::RunState;
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [&] {
            const auto state = m_states.find(run);
            return state != m_states.end() && state->second != RunState::Running && state->second != RunState::Paused;
        });
        return m_states[run];
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<std::string, backbone::RunState> m_states;
};

Status run(const ReplayOptions& options, backbone::Backbone& backbone) {
    const auto request = requestOf(options);
    if (!request) {
        return std::unexpected(request.error());
    }
    auto& replays = backbone.replays();
    const auto plan = replays.plan(*request, options.call());
    if (!plan) {
        return std::unexpected(plan.error());
    }
    if (plan->blocked()) {
        return fail(ErrorCode::InvalidArgument, sentenceOf(*plan));
    }
    RunEnd end;
    const auto subscription = replays.onChanged([&](const backbone::RunStatus& status) { end.changed(status); });
    const auto started = replays.start(*plan);
    if (!started) {
        return std::unexpected(started.error());
    }
    const auto state = end.wait(*started);
    const auto manifest = replays.manifest(*started);
    if (!manifest) {
        return std::unexpected(manifest.error());
    }
    if (options.json) {
        fmt::print("{}\n", backbone::manifestJson(*manifest));
    } else {
        std::int64_t written = 0;
        for (const auto& partition : manifest->partitions) {
            written += partition.recordsWritten;
        }
        fmt::print("Run {}: {}, {} of {} event(s) in {}; manifest {}\n", *started, backbone::runStateName(state),
                   written, manifest->planned, options.target, manifest->sha256);
    }
    return manifest->complete ? Status{} : fail(ErrorCode::Internal, "The replay is not complete: " + manifest->reason);
}

Status status(const ReplayOptions& options, backbone::Backbone& backbone) {
    if (!options.run.empty()) {
        const auto manifest = backbone.replays().manifest(options.run);
        if (!manifest) {
            return std::unexpected(manifest.error());
        }
        fmt::print("{}\n", backbone::manifestJson(*manifest));
        return {};
    }
    Json json = Json::array();
    TextTable table({"Run", "State", "Source", "Target", "Written", "Planned", "Started", "Reason"});
    for (const auto& run : backbone.replays().runs()) {
        json.push_back({{"run", run.run},
                        {"state", backbone::runStateName(run.state)},
                        {"source", run.request.sourceTopic},
                        {"target", run.request.targetTopic},
                        {"written", run.written},
                        {"planned", run.planned},
                        {"startedMs", run.startedMs},
                        {"endedMs", run.endedMs},
                        {"reason", run.reason}});
        table.add({run.run, std::string(backbone::runStateName(run.state)), run.request.sourceTopic,
                   run.request.targetTopic, std::to_string(run.written), std::to_string(run.planned),
                   isoTime(run.startedMs), run.reason});
    }
    options.json ? printJson(json) : table.print();
    return {};
}

using ReplayWork = Status (*)(const ReplayOptions&, backbone::Backbone&);

int withBackbone(const ReplayOptions& options, ReplayWork work) {
    auto backbone = open(options);
    const auto done = backbone ? work(options, **backbone) : Status(std::unexpected(backbone.error()));
    return done ? 0 : reportError(done.error(), options.json);
}

void addRequestOptions(CLI::App& command, ReplayOptions& options) {
    command.add_option("source", options.source, "Topic to be replayed")->required();
    command.add_option("target", options.target, "Topic to be written; created when missing")->required();
    command.add_option("--from", options.from, "Event time from, ISO 8601 in UTC or milliseconds");
    command.add_option("--to", options.to, "Event time up to, not included");
    command.add_option("--offsets", options.offsets, "A window by offsets, PARTITION:FROM:TO; may be repeated");
    command.add_option("--partition", options.partitions, "Only this partition; may be repeated");
    command.add_option("--key", options.key, "Only records with this key");
    command.add_option("--key-contains", options.keyContains, "Only records whose key contains this");
    command.add_option("--header", options.header, "Only records with the header NAME or NAME=VALUE");
    command.add_option("--pace", options.pace, "max, original, xN (times N) or N/s (records a second)")
        ->capture_default_str();
    command.add_flag("--include-replayed", options.includeReplayed, "Also records that a replay wrote");
}

} // namespace

void addReplay(CLI::App& meshctl, int& exitStatus) {
    auto options = std::make_shared<ReplayOptions>();
    auto* replay = meshctl.add_subcommand("replay", "Replay a window of events to another topic");
    replay->require_subcommand(1);
    const auto add = [&](const char* name, const char* about, ReplayWork work) {
        auto* command = replay->add_subcommand(name, about);
        addCommonOptions(*command, *options);
        command->callback([options, &exitStatus, work] { exitStatus = withBackbone(*options, work); });
        return command;
    };
    addRequestOptions(*add("plan", "What a replay would do, with exact counts", &plan), *options);
    addRequestOptions(*add("run", "Plan and replay; prints the manifest", &run), *options);
    add("status", "Runs, or the manifest of one", &status)->add_option("run", options->run, "A run's id");
}

} // namespace meshbone::app
