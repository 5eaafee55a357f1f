// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_service.h>

#include "schema/guard/guard_rules.h"
#include "schema/rest/registry_rest.h"

namespace meshbone::catalog {

namespace {

class RunningSchemaService final : public SchemaService {
public:
    RunningSchemaService(backbone::Backbone& backbone, SchemaServiceOptions options)
        : m_service(backbone, {options.projection, options.tell})
        , m_guard(options.guard)
        , m_rest(m_service, std::move(options)) {
        if (m_guard) {
            m_changes = m_service.registry().onChanged([this] { refreshGuard(); });
        }
        m_service.start();
    }
    ~RunningSchemaService() override { stop(); }

    void serve(backbone::HttpRequest request, backbone::HttpReply reply) override {
        m_rest.serve(std::move(request), std::move(reply));
    }
    [[nodiscard]] RegistryStatus status() const override { return m_service.registry().status(); }
    RegistryStatus waitReady(std::chrono::milliseconds timeout) const override {
        return m_service.registry().waitReady(timeout);
    }
    Subscription onChanged(std::function<void()> changed) override {
        return m_service.registry().onChanged(std::move(changed));
    }
    void stop() override {
        m_service.stop(); // first: what it refuses now may still ask for words
        m_rest.stop();
        m_changes.reset();
    }

private:
    /// On the thread that applied a change, so that who is told of it finds the rules in force.
    void refreshGuard() {
        if (m_service.registry().status().stage != RegistryStatus::Stage::Ready) {
            return; // what is half read would let in what is to be refused
        }
        const std::scoped_lock lock(m_guardMutex);
        m_guard->setRules(m_service.registry().read(
            [this](const RegistryState& state) { return guardRules(state, m_service.cache()); }));
    }

    RegistryService m_service;
    SchemaGuard* m_guard;
    std::mutex m_guardMutex; ///< later rules never go before earlier ones
    RegistryRest m_rest;
    Subscription m_changes;
};

} // namespace

std::unique_ptr<SchemaService> SchemaService::start(backbone::Backbone& backbone, SchemaServiceOptions options) {
    return std::make_unique<RunningSchemaService>(backbone, std::move(options));
}

} // namespace meshbone::catalog
