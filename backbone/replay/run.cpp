// SPDX-License-Identifier: Apache-2.0
#include "replay/run.h"

#include "replay/proof.h"
#include "replay/replay_json.h"
#include "replay/time_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <pthread.h>

namespace meshbone::backbone {

namespace {

constexpr std::chrono::milliseconds kTellEvery{100};
constexpr std::chrono::milliseconds kJournalEvery{1000};
constexpr std::chrono::seconds kRateWindow{2};

CallOptions callOptions(const RunControl& control) {
    return {std::chrono::seconds(30), control.token()};
}

bool ended(RunState state) {
    return state != RunState::Running && state != RunState::Paused;
}

} // namespace

Result<std::shared_ptr<Run>> Run::create(const Profile& profile, std::shared_ptr<InnerAdmin> admin, ReplayPlan plan,
                                         std::string id, const std::filesystem::path& directory, Changed changed) {
    auto journal = Journal::create(directory);
    if (!journal) {
        return std::unexpected(journal.error());
    }
    std::shared_ptr<Run> run(
        new Run(profile, std::move(admin), std::move(plan), std::move(id), directory, std::move(changed)));
    auto written = (*journal)->append({{"event", "start"},
                                       {"run", run->m_id},
                                       {"atMs", run->m_startedMs},
                                       {"planHash", run->m_plan.hash},
                                       {"plan", planToJson(run->m_plan)}});
    if (!written) {
        return std::unexpected(written.error());
    }
    run->m_journal = std::move(*journal);
    return run;
}

Run::Run(const Profile& profile, std::shared_ptr<InnerAdmin> admin, ReplayPlan plan, std::string id,
         std::filesystem::path directory, Changed changed)
    : m_profile(profile)
    , m_admin(std::move(admin))
    , m_plan(std::move(plan))
    , m_id(std::move(id))
    , m_directory(std::move(directory))
    , m_changed(std::move(changed))
    , m_progress(m_plan)
    , m_startedMs(nowMs()) {}

Run::~Run() {
    m_control.cancel("Meshbone was closed while this run was going.");
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Run::begin() {
    m_thread = std::jthread([this] { work(); });
}

void Run::work() {
    pthread_setname_np(pthread_self(), "mb-replay");
    m_changed(status());
    finish(copyAndProve());
}

Status Run::copyAndProve() {
    auto partitions = prepareTarget();
    if (!partitions) {
        return std::unexpected(partitions.error());
    }
    Copier copier(m_profile, m_plan, m_id, *partitions, m_control, m_progress,
                  {[this] { tick(); }, [this](bool paused) { became(paused ? RunState::Paused : RunState::Running); }});
    if (auto copied = copier.run(); !copied) {
        return copied;
    }
    auto proven =
        proveRun(m_profile, m_plan, m_id, copier.digests(), m_progress, m_control.token(), [this] { tick(); });
    if (auto missing = m_progress.shortfall()) {
        return fail(ErrorCode::Conflict, std::move(*missing));
    }
    return proven;
}

Result<std::int32_t> Run::prepareTarget() {
    auto shape = m_admin->describeTopic(m_plan.request.targetTopic, callOptions(m_control));
    if (shape) {
        return shape->summary.partitions;
    }
    if (shape.error().code != ErrorCode::NotFound || !m_plan.request.createTarget) {
        return std::unexpected(shape.error());
    }
    if (auto created = createTarget(); !created && created.error().code != ErrorCode::AlreadyExists) {
        return std::unexpected(created.error());
    }
    // A new topic takes a moment to be known everywhere.
    const Deadline deadline(callOptions(m_control));
    while (true) {
        shape = m_admin->describeTopic(m_plan.request.targetTopic, deadline.rest());
        if (shape && shape->summary.partitions > 0) {
            return shape->summary.partitions;
        }
        if (deadline.cancelled() || deadline.passed() || (!shape && shape.error().code != ErrorCode::NotFound)) {
            return std::unexpected(shape ? Error{ErrorCode::Timeout, "The target was made, but isn't there yet.", 0}
                                         : shape.error());
        }
        m_control.waitUntil(Deadline::Clock::now() + std::chrono::milliseconds(50), std::chrono::milliseconds(50));
    }
}

Status Run::createTarget() {
    auto source = m_admin->describeTopic(m_plan.request.sourceTopic, callOptions(m_control));
    if (!source) {
        return std::unexpected(source.error());
    }
    NewTopic wanted{m_plan.request.targetTopic,
                    source->summary.partitions,
                    -1,
                    {{"retention.ms", "-1"}, {"cleanup.policy", "delete"}, {"message.timestamp.type", "CreateTime"}}};
    if (auto config = m_admin->topicConfig(m_plan.request.sourceTopic, callOptions(m_control))) {
        for (const auto& entry : *config) { // what fits into the source must fit into the target, with its marks
            if (entry.name == "max.message.bytes" && entry.source == ConfigSource::Topic && entry.value) {
                wanted.configs[entry.name] = *entry.value;
            }
        }
    }
    return m_admin->createTopic(wanted, callOptions(m_control));
}

void Run::finish(const Status& outcome) {
    auto state = RunState::Complete;
    std::string reason;
    if (!outcome) {
        const bool cancelled = m_control.cancelled() && outcome.error().code == ErrorCode::Cancelled;
        state = cancelled ? RunState::Cancelled : RunState::Failed;
        reason = cancelled ? fmt::format("{} {} of {} events were written.", m_control.cancelReason(),
                                         m_progress.writtenCount(), m_plan.records())
                           : outcome.error().message;
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_endedMs = nowMs();
        m_reason = std::move(reason);
        m_state = state;
    }
    auto manifest = this->manifest();
    auto kept =
        m_journal->append({{"event", "end"}, {"atMs", manifest.endedMs}, {"manifest", manifestToJson(manifest)}});
    if (kept) {
        kept = writeFileDurably(m_directory / "manifest.json", manifestJson(manifest));
    }
    if (!kept && state == RunState::Complete) { // what can't be shown later is not claimed now
        const std::scoped_lock lock(m_mutex);
        m_state = RunState::Failed;
        m_reason = fmt::format("All events were written and proven, but the manifest could not be kept. {}",
                               kept.error().message);
    }
    m_journal.reset(); // gives the lock back
    m_changed(status());
}

void Run::became(RunState state) {
    {
        const std::scoped_lock lock(m_mutex);
        if (m_state == state) {
            return;
        }
        m_state = state;
    }
    // A journal that can't be written now will say so at the end; a change of state is no reason to fail.
    std::ignore = m_journal->append({{"event", "state"}, {"atMs", nowMs()}, {"state", runStateName(state)}});
    m_changed(status());
}

void Run::tick() {
    const auto now = Deadline::Clock::now();
    if (now - m_toldAt < kTellEvery) {
        return;
    }
    m_toldAt = now;
    m_rates.emplace_back(now, m_progress.writtenCount());
    while (m_rates.size() > 2 && now - m_rates[1].first >= kRateWindow) {
        m_rates.pop_front();
    }
    const std::chrono::duration<double> span = m_rates.back().first - m_rates.front().first;
    {
        const std::scoped_lock lock(m_mutex);
        m_recordsPerSecond =
            span.count() > 0 ? static_cast<double>(m_rates.back().second - m_rates.front().second) / span.count() : 0;
    }
    m_changed(status());
    // Long lines are written less often, so that a journal of many partitions doesn't outgrow what it tells of.
    const auto every =
        std::max<Deadline::Clock::duration>(kJournalEvery, std::chrono::milliseconds(10) * m_plan.partitions.size());
    if (now - m_journaledAt >= every) {
        m_journaledAt = now;
        std::ignore =
            m_journal->append({{"event", "progress"}, {"atMs", nowMs()}, {"manifest", manifestToJson(manifest())}});
    }
}

RunStatus Run::status() const {
    RunStatus status;
    status.run = m_id;
    status.request = m_plan.request;
    status.planned = m_plan.records();
    status.written = m_progress.writtenCount();
    status.leftOut = m_progress.leftOutCount();
    const std::scoped_lock lock(m_mutex);
    status.state = m_state;
    status.reason = m_reason;
    status.startedMs = m_startedMs;
    status.endedMs = m_endedMs;
    status.recordsPerSecond = ended(m_state) || m_state == RunState::Paused ? 0 : m_recordsPerSecond;
    return status;
}

Manifest Run::manifest() const {
    Manifest manifest;
    manifest.run = m_id;
    manifest.planHash = m_plan.hash;
    manifest.request = m_plan.request;
    manifest.planned = m_plan.records();
    manifest.partitions = m_progress.partitions();
    {
        const std::scoped_lock lock(m_mutex);
        manifest.state = m_state;
        manifest.reason = m_reason;
        manifest.startedMs = m_startedMs;
        manifest.endedMs = m_endedMs;
    }
    manifest.complete = manifest.state == RunState::Complete;
    manifest.sha256 = manifestSha256(manifest);
    return manifest;
}

Status Run::refuseUnlessRunning(std::string_view what) const {
    const std::scoped_lock lock(m_mutex);
    if (ended(m_state)) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The replay '{}' can't be {}: it has ended ({}).", m_id, what, runStateName(m_state)));
    }
    return {};
}

Status Run::pause() {
    auto ok = refuseUnlessRunning("paused");
    if (ok) {
        m_control.pause();
    }
    return ok;
}

Status Run::resume() {
    auto ok = refuseUnlessRunning("resumed");
    if (ok) {
        m_control.resume();
    }
    return ok;
}

Status Run::cancel(std::string reason) {
    auto ok = refuseUnlessRunning("cancelled");
    if (ok) {
        m_control.cancel(std::move(reason));
    }
    return ok;
}

} // namespace meshbone::backbone
