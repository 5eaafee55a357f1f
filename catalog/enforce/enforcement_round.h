// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "enforce/outcomes.h"

#include <catalog/enforcer.h>

#include <map>
#include <set>
#include <stop_token>

namespace meshbone::catalog {

/// What is remembered from round to round; losing it loses nothing but patience.
struct EnforcementMemory {
    std::set<backbone::AclBinding> stood;    ///< adopted ones that were seen in place
    std::map<std::string, int> absentReads;  ///< by ended grant: reads in a row that found nothing of it
    std::set<backbone::AclBinding> flapping; ///< as the last round found
};

/// How a round ended.
struct RoundEnd {
    EnforcerMode mode = EnforcerMode::Idle;
    std::string reason; ///< of Waiting
    std::int64_t ledgerOffset = -1;
    TimestampMs nextEndMs = kNoEnd;
    AclEnds ends;
};

/// One pass over everything that is agreed. Blocks for the calls that it makes; one thread.
class EnforcementRound {
public:
    EnforcementRound(Catalog& catalog, backbone::AccessAdmin& access, const EnforcerOptions& options,
                     EnforcementMemory& memory, TimestampMs nowMs, std::stop_token stop)
        : m_catalog(catalog)
        , m_access(access)
        , m_options(options)
        , m_memory(memory)
        , m_nowMs(nowMs)
        , m_stop(std::move(stop)) {}

    RoundEnd run();

private:
    [[nodiscard]] CallOptions call() const { return {m_options.callTimeout, m_stop}; }
    Status enforce();
    Status describe();
    Status makePlan();
    void findFlapping();
    Status sayIntents();
    void sayPutBack(const std::set<backbone::AclBinding>& create);
    void create();
    void remove();
    void readBack();
    Status sayOutcomes();
    Status forgetNoted();
    struct Report {
        const Grant* grant; ///< of the view
        Outcome outcome;
    };
    Status report(const Grant& grant, const Outcome& outcome);
    Status reportAll(const std::vector<Report>& reports);
    void sayWaiting(const Error& why);
    [[nodiscard]] bool mayStillAppear(const Grant& grant);

    Catalog& m_catalog;
    backbone::AccessAdmin& m_access;
    const EnforcerOptions& m_options;
    EnforcementMemory& m_memory;
    TimestampMs m_nowMs;
    std::stop_token m_stop;

    EnforcementView m_view;
    std::optional<ActualAcls> m_actual;
    AclPlan m_plan;
    Changes m_changes;
    std::string m_trouble; ///< the first thing that isn't as agreed; empty: nothing
};

} // namespace meshbone::catalog
