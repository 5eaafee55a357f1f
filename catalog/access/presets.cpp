// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_covers.h>
#include <catalog/access_presets.h>

#include <initializer_list>

namespace meshbone::catalog {
namespace {

using namespace backbone;
using enum Operation;
using Operations = std::initializer_list<Operation>;

/// Collects ALLOW bindings for one principal and host.
class Bindings {
public:
    Bindings(const std::string& principal, const std::string& host)
        : m_principal(principal)
        , m_host(host) {}

    void add(ResourceKind kind, const NamePattern& on, Operations operations) {
        if (on.name.empty()) {
            return;
        }
        for (const auto operation : operations) {
            m_all.push_back({kind, on.pattern, on.name, m_principal, m_host, operation, Permission::Allow});
        }
    }
    void topics(const std::vector<NamePattern>& on, Operations operations) {
        for (const auto& topic : on) {
            add(ResourceKind::Topic, topic, operations);
        }
    }
    void cluster(Operations operations) { add(ResourceKind::Cluster, {std::string(kClusterName)}, operations); }
    std::vector<AclBinding> smallest() && { return withoutCovered(std::move(m_all)); }

private:
    const std::string& m_principal;
    const std::string& m_host;
    std::vector<AclBinding> m_all;
};

NamePattern prefixOf(const std::string& name) {
    return {name, PatternType::Prefixed};
}

void addPlainClient(Bindings& all, const AccessScope& scope) {
    all.topics(scope.reads, {Read});
    all.topics(scope.writes, {Write});
    all.add(ResourceKind::Group, scope.group, {Read});
    all.add(ResourceKind::TransactionalId, scope.transactionalId, {Write});
}

void addStreams(Bindings& all, const AccessScope& scope) {
    all.topics(scope.reads, {Read});
    all.topics(scope.writes, {Write});
    if (scope.group.name.empty()) {
        return;
    }
    const auto application = prefixOf(scope.group.name);
    all.add(ResourceKind::Topic, application, {Read, Write, Create, Delete});
    all.add(ResourceKind::Group, application, {Read});
    if (!scope.transactionalId.name.empty()) {
        all.add(ResourceKind::TransactionalId, application, {Write});
    }
}

void addSchemaRegistry(Bindings& all, const AccessScope& scope) {
    all.topics(scope.writes, {Read, Write, DescribeConfigs});
    all.add(ResourceKind::Topic, {"__consumer_offsets"}, {Describe});
    all.add(ResourceKind::Group, scope.group, {Read});
}

void addKsqlDb(Bindings& all, const AccessScope& scope) {
    all.topics(scope.reads, {Read});
    all.topics(scope.writes, {Write, Create});
    all.cluster({DescribeConfigs});
    const auto& service = scope.transactionalId.name;
    if (service.empty()) {
        return;
    }
    const auto own = prefixOf("_confluent-ksql-" + service);
    all.add(ResourceKind::Topic, own, {All});
    all.add(ResourceKind::Topic, {service + "ksql_processing_log"}, {All});
    all.add(ResourceKind::Group, own, {Read, Delete}); // READ implies the DESCRIBE that it needs as well
    all.add(ResourceKind::TransactionalId, scope.transactionalId, {Write});
}

void addMirrorMakerSource(Bindings& all, const AccessScope& scope) {
    all.topics(scope.reads, {Read, DescribeConfigs});
    all.topics(scope.writes, {Write, Create});
    all.add(ResourceKind::Group, scope.group, {Describe});
}

void addReadOnlyUi(Bindings& all) {
    const NamePattern every{std::string(kAnyResource)};
    all.add(ResourceKind::Topic, every, {Describe, DescribeConfigs});
    all.add(ResourceKind::Group, every, {Describe});
    all.add(ResourceKind::TransactionalId, every, {Describe});
    all.cluster({Describe, DescribeConfigs});
}

void addRole(Bindings& all, const AccessScope& scope) {
    switch (scope.role) {
    case Role::Producer:
    case Role::TransactionalProducer:
    case Role::Consumer:
    case Role::ConsumeTransformProduce:
    case Role::SinkConnector:
        return addPlainClient(all, scope);
    case Role::Streams:
        return addStreams(all, scope);
    case Role::ConnectWorker:
        all.topics(scope.writes, {Read, Write});
        all.add(ResourceKind::Group, scope.group, {Read});
        return all.add(ResourceKind::TransactionalId, scope.transactionalId, {Write});
    case Role::SourceConnector:
        all.topics(scope.writes, {Write});
        all.topics(scope.reads, {Describe});
        return all.add(ResourceKind::TransactionalId, scope.transactionalId, {Write});
    case Role::SchemaRegistry:
        return addSchemaRegistry(all, scope);
    case Role::KsqlDb:
        return addKsqlDb(all, scope);
    case Role::MirrorMakerSource:
        return addMirrorMakerSource(all, scope);
    case Role::MirrorMakerTarget:
        all.topics(scope.writes, {Read, Write, Create, Alter, AlterConfigs});
        return all.add(ResourceKind::Group, scope.group, {Read});
    case Role::ReadOnlyUi:
        return addReadOnlyUi(all);
    }
}

} // namespace

std::vector<AclBinding> bindingsOf(const AccessScope& scope) {
    Bindings all(scope.principal, scope.host);
    addRole(all, scope);
    return std::move(all).smallest();
}

std::vector<AclBinding> bindingsOfEnforcer(const std::string& principal, const std::string& host,
                                           const std::string& ledgerTopic) {
    Bindings all(principal, host);
    all.topics({{ledgerTopic}}, {Read, Write});
    all.cluster({Alter}); // implies the DESCRIBE that it needs as well
    return std::move(all).smallest();
}

} // namespace meshbone::catalog
