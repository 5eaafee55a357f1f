// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/catalog_desk.h"
#include "support/fake_ledger_backbone.h"
#include "support/memory_access.h"

#include <catalog/access_presets.h>
#include <catalog/enforcer.h>

#include <QtTest>

namespace meshbone::test {

/// A ledger with one admin, whose requests a policy approves at once; a backbone's ACLs in memory; and an enforcer that
/// can be stopped and started. Everything is quick.
class EnforcedMesh {
public:
    EnforcedMesh()
        : m_log(std::make_shared<FakeLog>())
        , m_backbone(m_log)
        , desk("ada", m_backbone) {
        desk.open().value();
        must(catalog::PutTeam{"ops", "Operations", "", {"ada"}});
        catalog::Policy automatic;
        automatic.id = "automatic";
        automatic.name = "Automatic";
        automatic.approval = catalog::Approval::Automatic;
        must(catalog::PutPolicy{automatic});
    }

    catalog::LedgerEntry must(const catalog::Command& command, const std::string& why = {}) {
        auto entry = desk.submit(command, {}, why);
        while (!entry && entry.error().code == ErrorCode::Conflict) {
            entry = desk.submit(command, {}, why); // the enforcer reported on the same grant meanwhile
        }
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
        return std::move(*entry);
    }
    static catalog::AccessScope consumer(const std::string& topic, const std::string& group = "g",
                                         const std::string& principal = "User:dashboard") {
        catalog::AccessScope scope;
        scope.principal = principal;
        scope.role = catalog::Role::Consumer;
        scope.reads = {{topic}};
        scope.group = {group};
        return scope;
    }
    void grant(const std::string& id, const catalog::AccessScope& scope, TimestampMs untilMs = catalog::kNoEnd) {
        must(catalog::SubmitRequest{id, scope, "", "", "To see it work", untilMs});
    }
    void revoke(const std::string& id) { must(catalog::RevokeGrant{id}, "It is no longer needed"); }

    void start() { m_enforcer = catalog::Enforcer::start(*desk, access, options()); }
    void stop() { m_enforcer.reset(); }
    catalog::Enforcer& enforcer() { return *m_enforcer; }
    backbone::Backbone& backbone() { return m_backbone; }
    catalog::EnforcerOptions options() const {
        catalog::EnforcerOptions options;
        options.principal = "User:admin";
        options.every = std::chrono::milliseconds(50);
        options.retryAfter = std::chrono::milliseconds(5);
        options.callTimeout = m_callTimeout;
        return options;
    }
    void setCallTimeout(std::chrono::milliseconds timeout) { m_callTimeout = timeout; }

    [[nodiscard]] catalog::Grant grantOf(const std::string& id) const {
        for (const auto& one : desk->grants()) {
            if (one.id == id) {
                return one;
            }
        }
        return {};
    }
    bool awaitState(const std::string& id, catalog::GrantState state) const {
        const bool there = desk.await([&] { return grantOf(id).reported == state; });
        if (!there) {
            qWarning("grant %s is %d: %s", id.c_str(), static_cast<int>(grantOf(id).reported),
                     grantOf(id).reason.c_str());
        }
        return there;
    }
    static std::set<backbone::AclBinding> bindings(const catalog::AccessScope& scope) {
        const auto all = catalog::bindingsOf(scope);
        return {all.begin(), all.end()};
    }

private:
    std::shared_ptr<FakeLog> m_log;
    FakeBackbone m_backbone;
    std::chrono::milliseconds m_callTimeout{1'000};

public:
    CatalogDesk desk;
    testing::MemoryAccess access;

private:
    std::unique_ptr<catalog::Enforcer> m_enforcer; ///< last: it uses the desk and the ACLs
};

} // namespace meshbone::test
