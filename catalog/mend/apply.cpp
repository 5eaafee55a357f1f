// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_mend.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ranges>
#include <span>
#include <thread>

namespace meshbone::catalog {
namespace {

using backbone::AclBinding;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLookEvery{50};
constexpr int kTries = 5;
constexpr std::string_view kWhyUndone = "Undoes a plan for access";

std::optional<BindingRecord> recordOf(const Catalog& catalog, const AclBinding& binding) {
    for (auto& record : catalog.bindingRecords()) {
        if (record.binding == binding) {
            return std::move(record);
        }
    }
    return std::nullopt;
}

/// Takes the entries of one plan back, the last one first.
class Undoer {
public:
    Undoer(Catalog& catalog, backbone::AccessAdmin& access, Enforcer* enforcer, const CallOptions& call)
        : m_catalog(catalog)
        , m_access(access)
        , m_enforcer(enforcer)
        , m_call(call)
        , m_end(Clock::now() + call.timeout) {}

    UndoneMends run(const AppliedMends& applied) {
        for (const auto& said : applied.said | std::views::reverse) {
            const auto* mark = std::get_if<MarkBinding>(&said.command);
            const bool revoked = mark != nullptr && mark->standing == BindingStanding::Retired;
            const bool adopted = mark != nullptr && mark->standing == BindingStanding::Adopted;
            if (std::holds_alternative<RetryBinding>(said.command)) {
                continue; // what was counted is counted anew
            }
            const auto refusedBefore = m_undone.refused.size();
            if (revoked) {
                unretire(said, *mark);
            } else if (adopted && m_standing.contains(mark->binding)) {
                letGo(said, *mark);
            } else {
                undo(said.entry);
            }
            if (m_undone.refused.size() > refusedBefore) {
                m_undone.left.push_back(said);
            }
        }
        std::ranges::reverse(m_undone.left);
        return std::move(m_undone);
    }

private:
    [[nodiscard]] CallOptions rest() const {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(m_end - Clock::now());
        return {std::max(left, std::chrono::milliseconds(1)), m_call.stop};
    }

    /// Says it; again where an enforcer reported on the same thing in the moment between.
    bool say(const Submission& submission) {
        auto entry = m_catalog.submit(submission, rest());
        for (int i = 1; i < kTries && isOvertaken(entry); ++i) {
            entry = m_catalog.submit(submission, rest());
        }
        if (!entry) {
            m_undone.refused.push_back(entry.error().message);
        }
        return entry.has_value();
    }
    static bool isOvertaken(const Result<LedgerEntry>& entry) {
        return !entry && entry.error().code == ErrorCode::Conflict;
    }

    /// The way back is guarded by what it was found for: where that was overtaken it is found anew.
    void undo(std::int64_t entry) {
        auto way = m_catalog.undoOf(entry);
        for (int i = 1; way && i < kTries; ++i) {
            const auto& first = way->submissions.front();
            if (const auto said = m_catalog.submit(first, rest()); !isOvertaken(said)) {
                finish(*way, said);
                return;
            }
            way = m_catalog.undoOf(entry);
        }
        m_undone.refused.push_back(
            fmt::format("Entry {} stays: {}", entry, way ? "it is being changed by others." : way.error().message));
    }
    void finish(const Undo& way, const Result<LedgerEntry>& first) {
        if (!first) {
            m_undone.refused.push_back(first.error().message);
            return;
        }
        const auto others = std::span(way.submissions).subspan(1);
        m_undone.entries += std::ranges::all_of(others, [&](const auto& one) { return say(one); }) ? 1 : 0;
    }

    /// Once the enforcer has removed it, the ledger has forgotten it: then it is adopted anew, as it was for a moment.
    void unretire(const AppliedMends::Said& said, const MarkBinding& mark) {
        const auto refusedBefore = m_undone.refused.size();
        if (recordOf(m_catalog, mark.binding)) {
            undo(said.entry);
        }
        if (!recordOf(m_catalog, mark.binding)) {
            m_undone.refused.resize(refusedBefore); // it was forgotten in the moment between
            MarkBinding anew = mark;
            anew.standing = BindingStanding::Adopted;
            const auto why = fmt::format("{}: entry {}.", kWhyUndone, said.entry);
            m_undone.entries += say({anew, why, {}}) ? 1 : 0;
        }
        if (const auto record = recordOf(m_catalog, mark.binding);
            record && record->standing == BindingStanding::Adopted) {
            m_standing.emplace(mark.binding, record->revision);
        }
    }

    /// It was nobody's before: it is let go as soon as it stands again.
    void letGo(const AppliedMends::Said& said, const MarkBinding& mark) {
        if (!awaitStanding(mark.binding, m_standing.at(mark.binding))) {
            m_undone.stillAdopted.push_back(mark.binding);
            return;
        }
        MarkBinding release = mark;
        release.release = true;
        const auto why = fmt::format("{}: entry {}.", kWhyUndone, said.entry);
        m_undone.entries += say({release, why, {}}) ? 1 : 0;
    }

    /// A round of the enforcer that knew of the entry has found or made it; elsewhere's enforcer is only seen by what
    /// it does.
    bool awaitStanding(const AclBinding& binding, std::int64_t revision) {
        const auto number = revision - 1; // an entry's revision is one more than its number
        if (m_enforcer != nullptr) {
            m_enforcer->wake();
        }
        while (Clock::now() < m_end && !m_call.stop.stop_requested()) {
            const bool knows = m_enforcer == nullptr || m_enforcer->status().ledgerOffset >= number;
            if (knows && stands(binding)) {
                return true;
            }
            std::this_thread::sleep_for(kLookEvery);
        }
        return false;
    }

    bool stands(const AclBinding& binding) {
        const auto found = m_access.acls(backbone::AclFilter::exactly(binding), rest());
        return found && !found->empty();
    }

    Catalog& m_catalog;
    backbone::AccessAdmin& m_access;
    Enforcer* m_enforcer;
    CallOptions m_call;
    Clock::time_point m_end;
    std::map<AclBinding, std::int64_t> m_standing; ///< adopted again, with the entry's revision
    UndoneMends m_undone;
};

} // namespace

AppliedMends applyMends(Catalog& catalog, const MendPlan& plan, const std::string& why, const CallOptions& call) {
    AppliedMends applied;
    for (const auto& command : plan.commands) {
        const auto entry = catalog.submit({command, why, {}}, call);
        if (!entry) {
            applied.refused = entry.error();
            break;
        }
        applied.said.push_back({entry->number, command});
    }
    return applied;
}

UndoneMends undoMends(Catalog& catalog, backbone::AccessAdmin& access, Enforcer* enforcer, const AppliedMends& applied,
                      const CallOptions& call) {
    return Undoer(catalog, access, enforcer, call).run(applied);
}

} // namespace meshbone::catalog
