// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/access_example.h"
#include "support/fake_services.h"

#include <string_view>

namespace meshbone::test {

/// Drift on the example mesh, one of each of the common kinds, with what was seen of it in ten days. Over an
/// AccessExample; only for tests.
class DriftExample {
public:
    explicit DriftExample(FakeMesh& mesh)
        : m_mesh(mesh)
        , m_access(mesh.catalog) {}

    void fill() {
        using backbone::Operation;
        for (const auto* user : {"flights-loader", "board", "near-airports", "notebook-adhoc", "svc-legacy",
                                 "svc-tiles", "svc-risk-model", "svc-mirror"}) {
            (void)m_mesh.backbone.access().putUser(user, "secret", backbone::ScramMechanism::Sha512, {});
        }
        m_access.grant("r-0104", AccessExample::consumer("svc-risk-model", "wildlife.risk-per-airport", {"risk"}),
                       "Risk model", AccessExample::inDays(90));
        putGranted();
        put(topic("seismic.quakes", "notebook-adhoc"));
        auto legacy = topic("aviation.", "svc-legacy", Operation::All);
        legacy.pattern = backbone::PatternType::Prefixed;
        put(legacy);
        put(topic("*", "svc-risk-model"));
        put(topic("seismic.tiles", "svc-tiles"));
        m_access.put(catalog::RecordAct{"topic.deleted", "seismic.tiles", {}, {}});
        const auto mirror = topic("reference.airports", "svc-mirror");
        put(mirror);
        m_access.put(catalog::MarkBinding{mirror, catalog::BindingStanding::Adopted, false, "team-reference"});
        m_access.put(catalog::MarkBinding{mirror, catalog::BindingStanding::Retired, false, "team-reference"});
        see("notebook-adhoc", "seismic.quakes", "nb-4f1", 20'000, 5'204);
        see("svc-risk-model", "wildlife.risk-per-airport", "risk", 60'000, 41'880);
        see("board", "aviation.delays-per-airport", "board", 5'000, 365'002);
        refuse("near-airports", "seismic.quakes", "near-airports", 400'000, 14);
        m_evidence.grade = catalog::EvidenceGrade::Observed;
        m_evidence.coverage = {AccessExample::inDays(-10), AccessExample::now(), {"embedded-host"}, {}};
        m_mesh.lineage.setAccessEvidence(m_evidence);
    }

private:
    static backbone::AclBinding topic(const std::string& name, const std::string& principal,
                                      backbone::Operation operation = backbone::Operation::Read) {
        return {
            backbone::ResourceKind::Topic, backbone::PatternType::Literal, name, "User:" + principal, "*", operation};
    }
    void put(const backbone::AclBinding& binding) { m_mesh.backbone.fakeAccess().put(binding); }
    /// All that is granted, but what somebody took away.
    void putGranted() {
        for (const auto& grant : m_mesh.catalog.grants()) {
            for (const auto& binding : catalog::bindingsOf(grant.scope)) {
                if (binding.principal != "User:near-airports") {
                    put(binding);
                }
            }
        }
    }
    void see(const std::string& principal, const std::string& topic, const std::string& client, std::int64_t agoMs,
             std::int64_t count) {
        catalog::EvidenceTuple tuple;
        tuple.principal = "User:" + principal;
        tuple.host = "10.0.0.1";
        tuple.clientId = client;
        tuple.apiKey = 1;
        tuple.resource = topic;
        tuple.count = count;
        tuple.firstMs = AccessExample::inDays(-9);
        tuple.lastMs = AccessExample::now() - agoMs;
        m_evidence.tuples.push_back(tuple);
    }
    void refuse(const std::string& principal, const std::string& topic, const std::string& client, std::int64_t agoMs,
                std::int64_t count) {
        see(principal, topic, client, agoMs, count);
        m_evidence.tuples.back().granted = false;
    }

    FakeMesh& m_mesh;
    AccessExample m_access;
    lineage::AccessEvidence m_evidence;
};

} // namespace meshbone::test
