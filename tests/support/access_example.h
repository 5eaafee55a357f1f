// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_catalog.h"

#include <catalog/access_presets.h>

#include <chrono>
#include <stdexcept>

namespace meshbone::test {

/// Requests and grants on the example mesh: two requests wait for Ada, one is declined, some are granted and enforced,
/// one grant has ended and can't be removed. Only for tests.
class AccessExample {
public:
    explicit AccessExample(FakeCatalog& catalog)
        : m_catalog(catalog) {}

    void put(const catalog::Command& command, const std::string& why = {}) {
        if (const auto entry = m_catalog.submit({command, why, {}}, {}); !entry) {
            throw std::logic_error(entry.error().message);
        }
    }
    static TimestampMs now() {
        using namespace std::chrono;
        return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    }
    static TimestampMs inDays(int days) { return now() + days * TimestampMs{86'400'000}; }

    static catalog::AccessScope consumer(const std::string& principal, const std::string& topic,
                                         const catalog::NamePattern& group) {
        catalog::AccessScope scope;
        scope.principal = "User:" + principal;
        scope.role = catalog::Role::Consumer;
        scope.reads = {{topic}};
        scope.group = group;
        return scope;
    }
    static catalog::AccessScope producer(const std::string& principal, const std::string& topic) {
        catalog::AccessScope scope;
        scope.principal = "User:" + principal;
        scope.role = catalog::Role::Producer;
        scope.writes = {{topic}};
        return scope;
    }
    /// Asked by Mira, approved by Ada; what became of it is reported too.
    void grant(const std::string& id, const catalog::AccessScope& scope, const std::string& purpose,
               TimestampMs untilMs, catalog::GrantState state = catalog::GrantState::Enforced) {
        ask(id, scope, purpose, untilMs);
        put(catalog::ApproveRequest{id, scope, untilMs, {}});
        catalog::ReportGrant report;
        report.id = id;
        report.state = state;
        for (const auto& binding : catalog::bindingsOf(scope)) {
            report.results.push_back({binding, catalog::BindingOutcome::Created, {}});
        }
        put(report);
    }
    void ask(const std::string& id, const catalog::AccessScope& scope, const std::string& purpose,
             TimestampMs untilMs) {
        m_catalog.setAuthor("mira");
        put(catalog::SubmitRequest{id, scope, {}, {}, purpose, untilMs});
        m_catalog.setAuthor("ada");
    }

    void fill() {
        put(catalog::PutPerson{"mira", "Mira Vale", ""});
        put(catalog::PutTeam{"team-insurance", "team-insurance", "Insures airlines.", {"mira"}});
        put(catalog::PutPrincipal{"User:svc-insurer-claims",
                                  "Claims matching",
                                  catalog::PrincipalKind::Service,
                                  "team-insurance",
                                  {},
                                  false});
        put(catalog::Classify{false, "wildlife.strikes", catalog::Classification::Confidential});
        catalog::Policy longest;
        longest.id = "half-a-year";
        longest.name = "Half a year at most";
        longest.maxDays = 180;
        longest.lapseDays = 14;
        put(catalog::PutPolicy{longest});
        grant("r-0101", producer("flights-loader", "aviation.flights"), "Source feed", inDays(170));
        grant("r-0102", consumer("board", "aviation.delays-per-airport", {"board"}), "Departure boards", inDays(6));
        grant("r-0103", consumer("near-airports", "seismic.quakes", {"near-airports"}), "Stream task", inDays(120));
        ask("r-0146", consumer("svc-mirror", "seismic.quakes", {"mirror"}), "Copy all", inDays(400));
        put(catalog::DeclineRequest{"r-0146"}, "Too wide; ask for what you need.");
        ask("r-0147",
            consumer("svc-insurer-claims", "wildlife.strikes", {"insurer-claims.", backbone::PatternType::Prefixed}),
            "Match repair costs of reported strikes against open claims.", inDays(400));
        ask("r-0148", consumer("notebook-adhoc", "seismic.quakes", {"nb-4f1"}), "Explore last month's quakes",
            inDays(30));
        m_catalog.setAuthor("mira");
        put(catalog::CommentRequest{"r-0147", "The aircraft operator isn't needed.", false});
        m_catalog.setAuthor("ada");
    }

private:
    FakeCatalog& m_catalog;
};

} // namespace meshbone::test
