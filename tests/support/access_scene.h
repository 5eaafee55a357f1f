// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/decide.h"
#include "product/undo.h"

#include <map>
#include <string>

namespace meshbone::test {

/// A mesh that people change by commands, each at a time of its own: what the ledger does, without the ledger. Ada and
/// Bob own the product "flights" (topic flights.v1), Cleo the product "quakes" (quakes.v1); Dora and Eve own nothing.
class AccessScene {
public:
    static constexpr TimestampMs kDay = 86'400'000;
    static constexpr TimestampMs kStart = 1'700'000'000'000;

    AccessScene() {
        using namespace catalog;
        for (const char* person : {"ada", "bob", "cleo", "dora", "eve"}) {
            must("ada", PutPerson{person, person, ""});
        }
        must("ada", PutTeam{"flight-ops", "Flight operations", "", {"ada", "bob"}});
        must("ada", PutTeam{"seismic", "Seismic", "", {"cleo"}});
        must("ada", PutTeam{"security", "Security", "", {"dora"}});
        must("ada", PutDomain{"aviation", "Aviation", "", "flight-ops"});
        must("ada", PutDomain{"earth", "Earth", "", "seismic"});
        must("ada", PutProduct{"flights", "Flights", "", "aviation", "flight-ops"});
        must("ada", PutPort{"flights", {"flights.v1", PortDirection::Output, ""}});
        must("ada", PutProduct{"quakes", "Quakes", "", "earth", "seismic"});
        must("ada", PutPort{"quakes", {"quakes.v1", PortDirection::Output, ""}});
        must("ada", PutAccessRoles{"security", ""});
    }

    /// A consumer of these topics; "name*" is a prefix.
    static catalog::AccessScope reading(const std::vector<std::string>& topics,
                                        const std::string& principal = "User:dashboard") {
        catalog::AccessScope scope;
        scope.principal = principal;
        scope.role = catalog::Role::Consumer;
        for (const std::string& topic : topics) {
            const bool prefix = topic.size() > 1 && topic.ends_with('*');
            scope.reads.push_back(
                prefix ? catalog::NamePattern{topic.substr(0, topic.size() - 1), backbone::PatternType::Prefixed}
                       : catalog::NamePattern{topic});
        }
        scope.group = {"dashboard"};
        return scope;
    }
    static catalog::SubmitRequest asking(const std::string& id, const catalog::AccessScope& scope,
                                         TimestampMs untilMs = catalog::kNoEnd) {
        return {id, scope, "", "", "To show delays", untilMs};
    }

    Result<catalog::Decision> attempt(const std::string& person, const catalog::Command& command,
                                      const std::string& why = "because",
                                      std::optional<std::int64_t> expected = std::nullopt) {
        auto decision = decide(command, {m_mesh, expected, catalog::revisionOfEntry(m_number), person, m_nowMs, why});
        if (decision) {
            for (const catalog::Effect& effect : decision->effects) {
                m_mesh.perform(effect);
            }
            ++m_number;
        }
        return decision;
    }
    catalog::Decision must(const std::string& person, const catalog::Command& command,
                           const std::string& why = "because") {
        auto decision = attempt(person, command, why);
        if (!decision) {
            qFatal("%s", decision.error().message.c_str());
        }
        return std::move(*decision);
    }
    /// Refused, with that code, and the sentence has the word.
    bool refuses(const std::string& person, const catalog::Command& command, ErrorCode code, const std::string& word,
                 const std::string& why = "because") {
        const auto decision = attempt(person, command, why);
        const bool as =
            !decision && decision.error().code == code && decision.error().message.find(word) != std::string::npos;
        if (!as) {
            qWarning("%s", decision ? "accepted" : decision.error().message.c_str());
        }
        return as;
    }

    [[nodiscard]] const catalog::AccessRequest& request(const std::string& id) const {
        return *m_mesh.requests.find(id);
    }
    [[nodiscard]] const catalog::Grant& grant(const std::string& id) const { return *m_mesh.grants.find(id); }
    [[nodiscard]] bool isGranted(const std::string& id) const { return m_mesh.grants.find(id) != nullptr; }
    [[nodiscard]] const catalog::Mesh& mesh() const { return m_mesh; }
    [[nodiscard]] TimestampMs now() const { return m_nowMs; }
    void pass(std::int64_t days) { m_nowMs += days * kDay; }

private:
    catalog::Mesh m_mesh;
    std::int64_t m_number = 0;
    TimestampMs m_nowMs = kStart;
};

} // namespace meshbone::test
