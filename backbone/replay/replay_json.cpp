// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_json.h"

#include "replay/digest.h"

#include <backbone/base64.h>

#include <nlohmann/json.hpp>

namespace meshbone::backbone {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 4> kPaceNames{"max", "original", "factor", "records_per_second"};

Json bytesToJson(const std::optional<Bytes>& bytes) {
    return bytes ? Json(toBase64(*bytes)) : Json(nullptr);
}

std::optional<Bytes> bytesFromJson(const Json& json) {
    return json.is_null() ? std::nullopt : fromBase64(json.get<std::string>());
}

template <class Value>
Json numbered(const std::map<Partition, std::pair<Value, Value>>& ranges) {
    auto json = Json::object();
    for (const auto& [partition, range] : ranges) {
        json[std::to_string(partition.value())] = {range.first.value(), range.second.value()};
    }
    return json;
}

std::map<Partition, std::pair<Offset, Offset>> numberedFromJson(const Json& json) {
    std::map<Partition, std::pair<Offset, Offset>> ranges;
    for (const auto& [partition, range] : json.items()) {
        ranges[Partition(std::stoi(partition))] = {Offset(range.at(0).get<std::int64_t>()),
                                                   Offset(range.at(1).get<std::int64_t>())};
    }
    return ranges;
}

Json windowToJson(const std::variant<TimeWindow, OffsetWindow>& window) {
    if (const auto* time = std::get_if<TimeWindow>(&window)) {
        return {{"fromMs", time->fromMs}, {"toMs", time->toMs}};
    }
    return {{"offsets", numbered(std::get<OffsetWindow>(window).ranges)}};
}

std::variant<TimeWindow, OffsetWindow> windowFromJson(const Json& json) {
    if (json.contains("offsets")) {
        return OffsetWindow{numberedFromJson(json.at("offsets"))};
    }
    return TimeWindow{json.at("fromMs").get<std::int64_t>(), json.at("toMs").get<std::int64_t>()};
}

Json filterToJson(const ReplayFilter& filter) {
    return {{"keyEquals", bytesToJson(filter.keyEquals)},
            {"keyContains", bytesToJson(filter.keyContains)},
            {"headerName", toBase64(filter.headerName)},
            {"headerEquals", bytesToJson(filter.headerEquals)}};
}

ReplayFilter filterFromJson(const Json& json) {
    ReplayFilter filter;
    filter.keyEquals = bytesFromJson(json.at("keyEquals"));
    filter.keyContains = bytesFromJson(json.at("keyContains"));
    filter.headerName = bytesFromJson(json.at("headerName")).value_or("");
    filter.headerEquals = bytesFromJson(json.at("headerEquals"));
    return filter;
}

Json planPartitionToJson(const PlannedPartition& one) {
    return {{"partition", one.partition.value()},
            {"scanFrom", one.scanFrom.value()},
            {"scanTo", one.scanTo.value()},
            {"firstOffset", one.firstOffset.value()},
            {"lastOffset", one.lastOffset.value()},
            {"firstTimestampMs", one.firstTimestampMs},
            {"lastTimestampMs", one.lastTimestampMs},
            {"records", one.records},
            {"bytes", one.bytes},
            {"outsideWindow", one.outsideWindow},
            {"outOfOrder", one.outOfOrder},
            {"leftOut", one.leftOut},
            {"leaderEpoch", one.leaderEpoch.value()},
            {"largestBytes", one.largestBytes}};
}

Json manifestPartitionToJson(const ManifestPartition& one) {
    auto gaps = Json::array();
    for (const auto& gap : one.gaps) {
        gaps.push_back({{"from", gap.from.value()}, {"to", gap.to.value()}, {"reason", gap.reason}});
    }
    return {{"partition", one.partition.value()},
            {"readFrom", one.readFrom.value()},
            {"readTo", one.readTo.value()},
            {"recordsRead", one.recordsRead},
            {"recordsWritten", one.recordsWritten},
            {"bytesWritten", one.bytesWritten},
            {"written", numbered(one.written)},
            {"leftOut", one.leftOut},
            {"gaps", std::move(gaps)},
            {"sourceSha256", one.sourceSha256},
            {"targetSha256", one.targetSha256}};
}

ManifestPartition manifestPartitionFromJson(const Json& json) {
    ManifestPartition one;
    one.partition = Partition(json.at("partition").get<std::int32_t>());
    one.readFrom = Offset(json.at("readFrom").get<std::int64_t>());
    one.readTo = Offset(json.at("readTo").get<std::int64_t>());
    one.recordsRead = json.at("recordsRead").get<std::int64_t>();
    one.recordsWritten = json.at("recordsWritten").get<std::int64_t>();
    one.bytesWritten = json.at("bytesWritten").get<std::int64_t>();
    one.written = numberedFromJson(json.at("written"));
    one.leftOut = json.at("leftOut").get<std::map<std::string, std::int64_t>>();
    for (const auto& gap : json.at("gaps")) {
        one.gaps.push_back({Offset(gap.at("from").get<std::int64_t>()), Offset(gap.at("to").get<std::int64_t>()),
                            gap.at("reason").get<std::string>()});
    }
    one.sourceSha256 = json.at("sourceSha256").get<std::string>();
    one.targetSha256 = json.at("targetSha256").get<std::string>();
    return one;
}

/// Reads with exceptions inside, an Error outside.
template <class Read>
auto guarded(Read read) -> Result<decltype(read())> {
    try {
        return read();
    } catch (const std::exception& problem) {
        return fail(ErrorCode::Corrupt, std::string("A replay's file can't be read: ") + problem.what() + ".");
    }
}

RunState stateFromName(const std::string& name) {
    for (const auto state : {RunState::Running, RunState::Paused, RunState::Complete, RunState::Cancelled,
                             RunState::Failed, RunState::Crashed}) {
        if (runStateName(state) == name) {
            return state;
        }
    }
    throw std::invalid_argument("unknown state " + name);
}

ReplayRequest readRequest(const Json& json) {
    ReplayRequest request;
    request.sourceTopic = json.at("sourceTopic").get<std::string>();
    for (const auto& partition : json.at("partitions")) {
        request.partitions.push_back(Partition(partition.get<std::int32_t>()));
    }
    request.window = windowFromJson(json.at("window"));
    request.filter = filterFromJson(json.at("filter"));
    request.targetTopic = json.at("targetTopic").get<std::string>();
    request.createTarget = json.at("createTarget").get<bool>();
    request.keepPartition = json.at("keepPartition").get<bool>();
    request.includeReplayed = json.at("includeReplayed").get<bool>();
    const auto kind = json.at("pace").at("kind").get<std::string>();
    const auto place = std::ranges::find(kPaceNames, kind);
    if (place == kPaceNames.end()) {
        throw std::invalid_argument("unknown pace " + kind);
    }
    request.pace.kind = static_cast<Pace::Kind>(place - kPaceNames.begin());
    request.pace.value = json.at("pace").at("value").get<double>();
    return request;
}

} // namespace

std::string jsonText(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json requestToJson(const ReplayRequest& request) {
    auto partitions = Json::array();
    for (const auto partition : request.partitions) {
        partitions.push_back(partition.value());
    }
    return {
        {"sourceTopic", request.sourceTopic},
        {"partitions", std::move(partitions)},
        {"window", windowToJson(request.window)},
        {"filter", filterToJson(request.filter)},
        {"targetTopic", request.targetTopic},
        {"createTarget", request.createTarget},
        {"keepPartition", request.keepPartition},
        {"includeReplayed", request.includeReplayed},
        {"pace", {{"kind", kPaceNames[static_cast<std::size_t>(request.pace.kind)]}, {"value", request.pace.value}}}};
}

Result<ReplayRequest> requestFromJson(const Json& json) {
    return guarded([&] { return readRequest(json); });
}

Json planToJson(const ReplayPlan& plan) {
    auto partitions = Json::array();
    for (const auto& one : plan.partitions) {
        partitions.push_back(planPartitionToJson(one));
    }
    return {{"request", requestToJson(plan.request)},
            {"sourceId", plan.sourceId.toString()},
            {"partitions", std::move(partitions)}};
}

std::string planHash(const ReplayPlan& plan) {
    return "sha256:" + sha256Hex(jsonText(planToJson(plan)));
}

Json manifestToJson(const Manifest& manifest) {
    auto partitions = Json::array();
    for (const auto& one : manifest.partitions) {
        partitions.push_back(manifestPartitionToJson(one));
    }
    return {{"run", manifest.run},
            {"planHash", manifest.planHash},
            {"request", requestToJson(manifest.request)},
            {"state", runStateName(manifest.state)},
            {"reason", manifest.reason},
            {"startedMs", manifest.startedMs},
            {"endedMs", manifest.endedMs},
            {"planned", manifest.planned},
            {"partitions", std::move(partitions)},
            {"complete", manifest.complete},
            {"sha256", manifest.sha256}};
}

Result<Manifest> manifestFromJson(const Json& json) {
    return guarded([&] {
        Manifest manifest;
        manifest.run = json.at("run").get<std::string>();
        manifest.planHash = json.at("planHash").get<std::string>();
        manifest.request = readRequest(json.at("request"));
        manifest.state = stateFromName(json.at("state").get<std::string>());
        manifest.reason = json.at("reason").get<std::string>();
        manifest.startedMs = json.at("startedMs").get<std::int64_t>();
        manifest.endedMs = json.at("endedMs").get<std::int64_t>();
        manifest.planned = json.at("planned").get<std::int64_t>();
        for (const auto& one : json.at("partitions")) {
            manifest.partitions.push_back(manifestPartitionFromJson(one));
        }
        manifest.complete = json.at("complete").get<bool>();
        manifest.sha256 = json.at("sha256").get<std::string>();
        return manifest;
    });
}

std::string manifestSha256(const Manifest& manifest) {
    auto json = manifestToJson(manifest);
    json.erase("sha256");
    return sha256Hex(jsonText(json));
}

std::string manifestJson(const Manifest& manifest) {
    return manifestToJson(manifest).dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace meshbone::backbone
