// SPDX-License-Identifier: Apache-2.0
#include "replay/replays.h"

#include "replay/findings.h"
#include "replay/past_run.h"
#include "replay/replay_json.h"
#include "replay/run.h"
#include "replay/time_text.h"
#include <backbone/listeners.h>

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace meshbone::backbone {

namespace {

/// Runs of earlier sessions that are kept in mind; older ones stay on disk.
constexpr std::size_t kMostPastRuns = 500;
/// Runs at a time: each has a producer, a consumer and a thread.
constexpr std::size_t kMostLiveRuns = 16;
/// How long start() may look whether the source is still what was planned.
constexpr std::chrono::seconds kCheckTimeout{5};

/// "r20261124-160500-1a2b3c4d": sorts by time, and two sessions don't meet.
std::string newRunId() {
    auto text = timeText(nowMs()).substr(0, 19);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    std::ranges::replace(text, ' ', '-');
    std::random_device random;
    return fmt::format("r{}-{:08x}", text, random());
}

class KafkaReplays final : public Replays {
public:
    KafkaReplays(Profile profile, std::shared_ptr<InnerAdmin> admin, std::filesystem::path folder)
        : m_profile(std::move(profile))
        , m_admin(std::move(admin))
        , m_folder(std::move(folder)) {
        for (auto& past : readPastRuns(m_folder, kMostPastRuns)) {
            m_past.emplace(past.status.run, std::move(past));
        }
    }

    ~KafkaReplays() override {
        std::map<std::string, std::shared_ptr<Run>> live;
        {
            const std::scoped_lock lock(m_mutex);
            live.swap(m_live);
        }
        for (const auto& [id, run] : live) { // all at once, then wait for each
            std::ignore = run->cancel("Meshbone was closed while this run was going.");
        }
    }

    Result<ReplayPlan> plan(const ReplayRequest& request, const CallOptions& options,
                            std::function<void(double)> progress) override {
        const Deadline deadline(options);
        auto contradictions = requestFindings(request);
        ReplayPlan plan;
        if (!contradictions.empty()) { // a scan would tell nothing new
            plan.request = request;
            plan.findings = std::move(contradictions);
        } else {
            auto resolved = resolvePlan(m_profile, *m_admin, request, deadline, progress);
            if (!resolved) {
                return std::unexpected(resolved.error());
            }
            auto findings = findingsOf(*resolved, *m_admin, deadline);
            plan = std::move(resolved->plan);
            plan.findings = std::move(findings);
        }
        if (deadline.cancelled()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        plan.hash = planHash(plan);
        if (progress) {
            progress(1.0);
        }
        return plan;
    }

    Result<std::string> start(const ReplayPlan& plan) override {
        if (auto ok = check(plan); !ok) {
            return std::unexpected(ok.error());
        }
        const auto id = newRunId();
        auto run = Run::create(m_profile, m_admin, plan, id, m_folder / id,
                               [this](const RunStatus& status) { m_listeners.notify(status); });
        if (!run) {
            return std::unexpected(run.error());
        }
        {
            const std::scoped_lock lock(m_mutex);
            m_live.emplace(id, *run);
        }
        (*run)->begin();
        return id;
    }

    std::vector<RunStatus> runs() const override {
        refreshForeign();
        const std::scoped_lock lock(m_mutex);
        std::vector<RunStatus> runs;
        for (const auto& [id, run] : m_live) {
            runs.push_back(run->status());
        }
        for (const auto& [id, past] : m_past) {
            runs.push_back(past.status);
        }
        std::ranges::sort(runs, [](const RunStatus& a, const RunStatus& b) {
            return std::tie(a.startedMs, a.run) > std::tie(b.startedMs, b.run);
        });
        return runs;
    }

    Status pause(const std::string& run) override {
        auto live = find(run, "paused");
        return live ? (*live)->pause() : std::unexpected(live.error());
    }
    Status resume(const std::string& run) override {
        auto live = find(run, "resumed");
        return live ? (*live)->resume() : std::unexpected(live.error());
    }
    Status cancel(const std::string& run) override {
        auto live = find(run, "cancelled");
        return live ? (*live)->cancel("Cancelled.") : std::unexpected(live.error());
    }

    Result<Manifest> manifest(const std::string& run) const override {
        refreshForeign();
        const std::scoped_lock lock(m_mutex);
        if (const auto live = m_live.find(run); live != m_live.end()) {
            return live->second->manifest();
        }
        if (const auto past = m_past.find(run); past != m_past.end()) {
            return past->second.manifest;
        }
        return fail(ErrorCode::NotFound, fmt::format("There is no replay '{}'.", run));
    }

    Subscription onChanged(std::function<void(const RunStatus&)> changed) override {
        return m_listeners.add(std::move(changed));
    }

private:
    Status check(const ReplayPlan& plan) const {
        for (const auto& finding : plan.findings) {
            if (finding.severity == ReplayFinding::Severity::Blocking) {
                return fail(ErrorCode::InvalidArgument, finding.sentence);
            }
        }
        if (plan.hash != planHash(plan)) {
            return fail(ErrorCode::Conflict, "The plan was changed after it was made; plan again.");
        }
        if (auto blocking = requestFindings(plan.request); !blocking.empty()) {
            return fail(ErrorCode::InvalidArgument, blocking.front().sentence);
        }
        if (plan.records() == 0) {
            return fail(ErrorCode::InvalidArgument, "The plan holds no event.");
        }
        {
            const std::scoped_lock lock(m_mutex);
            std::size_t going = 0;
            for (const auto& [id, run] : m_live) {
                const auto state = run->status().state;
                if (state != RunState::Running && state != RunState::Paused) {
                    continue;
                }
                ++going;
                if (run->plan().hash == plan.hash) {
                    return fail(ErrorCode::Conflict, fmt::format("This plan is being run already, as '{}'.", id));
                }
            }
            if (going >= kMostLiveRuns) {
                return fail(ErrorCode::Exhausted,
                            fmt::format("{} replays are going already; wait until one has ended.", going));
            }
        }
        return checkSource(plan);
    }

    /// The source must still be the topic that was planned, with everything the plan names.
    Status checkSource(const ReplayPlan& plan) const {
        const Deadline deadline({kCheckTimeout, {}});
        auto shape = m_admin->describeTopic(plan.request.sourceTopic, deadline.rest());
        if (!shape) {
            return std::unexpected(shape.error());
        }
        if (shape->summary.id != plan.sourceId) {
            return fail(ErrorCode::Conflict,
                        fmt::format("'{}' was deleted and made anew since the plan was made; plan again.",
                                    plan.request.sourceTopic));
        }
        std::vector<OffsetQuery> queries;
        for (const auto& planned : plan.partitions) {
            queries.push_back({{plan.request.sourceTopic, planned.partition}, OffsetQuery::Kind::Earliest, -1});
        }
        auto starts = m_admin->offsets(queries, deadline.rest());
        if (!starts) {
            return std::unexpected(starts.error());
        }
        for (std::size_t i = 0; i < starts->size(); ++i) {
            const auto& planned = plan.partitions[i];
            if (planned.records > 0 && (*starts)[i].offset > planned.firstOffset) {
                return fail(
                    ErrorCode::Conflict,
                    fmt::format(
                        "Partition {} of '{}' begins at offset {} now: planned events were removed since; plan again.",
                        planned.partition.value(), plan.request.sourceTopic, (*starts)[i].offset.value()));
            }
        }
        return {};
    }

    Result<std::shared_ptr<Run>> find(const std::string& run, std::string_view what) const {
        const std::scoped_lock lock(m_mutex);
        if (const auto live = m_live.find(run); live != m_live.end()) {
            return live->second;
        }
        if (const auto past = m_past.find(run); past != m_past.end()) {
            return fail(
                ErrorCode::Conflict,
                past->second.alive
                    ? fmt::format("The replay '{}' runs in another program and can't be {} from here.", run, what)
                    : fmt::format("The replay '{}' can't be {}: it has ended ({}).", run, what,
                                  runStateName(past->second.status.state)));
        }
        return fail(ErrorCode::NotFound, fmt::format("There is no replay '{}'.", run));
    }

    /// Looks again at the runs that another process was writing.
    void refreshForeign() const {
        const std::scoped_lock lock(m_mutex);
        for (auto& [id, past] : m_past) {
            if (past.alive) {
                if (auto now = readPastRun(m_folder / id)) {
                    past = std::move(*now);
                }
            }
        }
    }

    Profile m_profile;
    std::shared_ptr<InnerAdmin> m_admin;
    std::filesystem::path m_folder;
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Run>> m_live; ///< of this session, ended ones included
    mutable std::map<std::string, PastRun> m_past;      ///< of earlier and other sessions
    Listeners<const RunStatus&> m_listeners;
};

} // namespace

Result<std::unique_ptr<Replays>> openReplays(const Profile& profile, std::shared_ptr<InnerAdmin> admin,
                                             const std::filesystem::path& stateDirectory) {
    return std::make_unique<KafkaReplays>(profile, std::move(admin), stateDirectory / "replays");
}

} // namespace meshbone::backbone
