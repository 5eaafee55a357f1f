// SPDX-License-Identifier: Apache-2.0
#include "client/capability_probe.h"

#include "client/kafka_errors.h"
#include "wire/messages/describe_cluster.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/metadata.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

constexpr std::chrono::seconds kPerBroker{5}; ///< one that swallows what it is sent must not hide the others
constexpr std::int8_t kTopicConfigs = 2;      ///< DescribeConfigs' number of a topic

/// What is looked for among access control lists; that nothing has this name is no matter.
AclFilter nothingMuch() {
    return AclFilter::exactly({ResourceKind::Topic, PatternType::Literal, "meshbone-probe", "User:meshbone-probe", "*",
                               Operation::Read, Permission::Allow});
}

std::string lacks(Operation operation) {
    return fmt::format("this user lacks the right {} on the cluster", name(operation));
}

std::vector<Operation> operationsIn(std::int32_t bits) {
    std::vector<Operation> operations;
    for (const auto operation : operationsOf(ResourceKind::Cluster)) {
        if (operation != Operation::All && (bits >> kafkaNumber(operation) & 1) != 0) {
            operations.push_back(operation);
        }
    }
    return operations;
}

FeatureCheck refused(Feature feature, const Error& error) {
    return {feature, error.code != ErrorCode::Unsupported, false, error.message};
}

} // namespace

Result<Capabilities> CapabilityProbe::run() {
    const auto cluster = m_client.cluster();
    if (!cluster) {
        return std::unexpected(cluster.error());
    }
    checkBrokers(*cluster);
    const auto answering = std::ranges::find_if(m_found.brokers, &BrokerCheck::answered);
    if (answering == m_found.brokers.end()) {
        return fail(ErrorCode::Unavailable,
                    fmt::format("{} answers, but no broker can be reached at the address that the cluster tells; {}",
                                m_profile.bootstrap, m_found.brokers.front().sentence));
    }
    m_node = answering->node.id;
    const auto connection = m_client.connection(m_node);
    if (!connection) {
        return std::unexpected(connection.error());
    }
    m_versions = (*connection)->versions();
    m_found.clusterId = cluster->clusterId;
    tellWho();
    readRights();
    m_found.features.push_back(readAcls());
    m_found.features.push_back(alterAcls());
    m_found.features.push_back(topicConfigs());
    m_found.features.push_back(transactions());
    m_found.features.push_back(quotas());
    m_found.features.push_back(scramUsers());
    if (m_deadline.cancelled()) {
        return fail(ErrorCode::Cancelled, "Cancelled.");
    }
    return std::move(m_found);
}

void CapabilityProbe::checkBrokers(const ClusterInfo& cluster) {
    for (const auto& node : cluster.nodes) {
        m_found.brokers.push_back(checkBroker(node));
    }
}

BrokerCheck CapabilityProbe::checkBroker(const NodeInfo& node) const {
    if (m_deadline.passed() || m_deadline.cancelled()) {
        return {node, false, "Not asked: the time was over."};
    }
    const Deadline deadline({std::min<std::chrono::milliseconds>(kPerBroker, m_deadline.left()), m_deadline.stop()});
    const auto connection =
        WireConnection::open(m_profile, {node.host, static_cast<std::uint16_t>(node.port)}, deadline);
    if (!connection) {
        return {node, false, connection.error().message};
    }
    return {node, true, fmt::format("Answers, and serves {} APIs.", (*connection)->versions().size())};
}

void CapabilityProbe::tellWho() {
    if (m_profile.securityProtocol.starts_with("SASL")) {
        m_found.principal = "User:" + m_profile.user;
        m_found.whoSentence = fmt::format("Logged in as {} by {}; {} to access control lists, unless the cluster has "
                                          "rules of its own.",
                                          m_profile.user, m_profile.saslMechanism, m_found.principal);
    } else if (m_profile.securityProtocol == "SSL" && !m_profile.certificateFile.empty()) {
        m_found.whoSentence = fmt::format("Known by the certificate in {}; the cluster's rules make a principal of its "
                                          "subject, and it doesn't tell which.",
                                          m_profile.certificateFile);
    } else {
        m_found.principal = "User:ANONYMOUS";
        m_found.whoSentence = "Let in without a login, as everybody who can connect: User:ANONYMOUS.";
    }
}

void CapabilityProbe::readRights() {
    wire::DescribeClusterRequest request;
    request.includeClusterAuthorizedOperations = true;
    const auto answer = m_client.call<wire::DescribeClusterResponse>(m_node, request, "ask for the rights");
    if (answer && answer->errorCode == wire::KafkaCode::None &&
        answer->clusterAuthorizedOperations != wire::kNoAuthorizedOperations) {
        m_found.rights = operationsIn(answer->clusterAuthorizedOperations);
    }
}

bool CapabilityProbe::mayOnCluster(Operation operation) const {
    return !m_found.rights || std::ranges::find(*m_found.rights, operation) != m_found.rights->end();
}

FeatureCheck CapabilityProbe::readAcls() {
    const auto acls = WireAccessAdmin(m_profile).acls(nothingMuch(), m_deadline.rest());
    if (!acls) {
        return refused(Feature::ReadAcls, acls.error());
    }
    return {Feature::ReadAcls, true, true, "Access control lists can be read."};
}

FeatureCheck CapabilityProbe::alterAcls() const {
    const auto& reading = m_found.features.front();
    if (!reading.offered) {
        return {Feature::AlterAcls, false, false, reading.sentence};
    }
    constexpr Api kCreate{30, "CreateAcls"}, kDelete{31, "DeleteAcls"};
    if (const auto apis = missing({kCreate, kDelete}); !apis.empty()) {
        return {Feature::AlterAcls, false, false, fmt::format("This cluster does not offer it ({}).", apis)};
    }
    if (!mayOnCluster(Operation::Alter)) {
        return {Feature::AlterAcls, true, false,
                fmt::format("Access control lists can't be changed: {}.", lacks(Operation::Alter))};
    }
    return {Feature::AlterAcls, true, true,
            m_found.rights ? "Access control lists can be changed."
                           : "Offered; the cluster doesn't tell whether this user may, so it shows when it is tried."};
}

Result<std::optional<std::string>> CapabilityProbe::someTopic() {
    wire::MetadataRequest request; // all topics
    request.allowAutoTopicCreation = false;
    const auto metadata = m_client.call<wire::MetadataResponse>(m_node, request, "list the topics");
    if (!metadata) {
        return std::unexpected(metadata.error());
    }
    std::optional<std::string> found;
    for (const auto& topic : metadata->topics) {
        const bool seen = topic.errorCode == wire::KafkaCode::None && topic.name;
        if (seen && !topic.isInternal) {
            return topic.name;
        }
        found = seen ? topic.name : found;
    }
    return found;
}

FeatureCheck CapabilityProbe::topicConfigs() {
    constexpr Feature kFeature = Feature::TopicConfigs;
    constexpr Api kDescribe{32, "DescribeConfigs"}, kAlter{44, "IncrementalAlterConfigs"};
    if (const auto apis = missing({kDescribe}); !apis.empty()) {
        return {kFeature, false, false, fmt::format("This cluster does not offer it ({}).", apis)};
    }
    const std::string changing = serves(kAlter.key) ? "" : " They can't be changed one by one here.";
    const auto topic = someTopic();
    if (!topic) {
        return refused(kFeature, topic.error());
    }
    if (!*topic) {
        return {kFeature, true, true,
                "Offered; there is no topic that this user sees, so reading was not tried." + changing};
    }
    const auto doing = fmt::format("read the settings of the topic '{}'", **topic);
    wire::DescribeConfigsRequest request;
    request.resources.push_back({kTopicConfigs, **topic, {}});
    const auto answer = m_client.call<wire::DescribeConfigsResponse>(m_node, request, doing);
    if (!answer) {
        return refused(kFeature, answer.error());
    }
    for (const auto& result : answer->results) {
        if (result.errorCode != wire::KafkaCode::None) {
            return refused(kFeature,
                           kafkaError(static_cast<int>(result.errorCode), doing, result.errorMessage.value_or("")));
        }
    }
    return {kFeature, true, true, fmt::format("Settings can be read, as those of '{}' were.{}", **topic, changing)};
}

FeatureCheck CapabilityProbe::transactions() const {
    constexpr Api kInit{22, "InitProducerId"}, kAdd{24, "AddPartitionsToTxn"}, kOffsets{25, "AddOffsetsToTxn"},
        kEnd{26, "EndTxn"}, kCommit{28, "TxnOffsetCommit"};
    const auto apis = missing({kInit, kAdd, kOffsets, kEnd, kCommit});
    if (!apis.empty()) {
        return {Feature::Transactions, false, false, fmt::format("This cluster does not offer them ({}).", apis)};
    }
    return {Feature::Transactions, true, true,
            "Offered; who may use which transactional id is decided for each by access control lists."};
}

FeatureCheck CapabilityProbe::quotas() const {
    constexpr Feature kFeature = Feature::Quotas;
    constexpr Api kDescribe{48, "DescribeClientQuotas"}, kAlter{49, "AlterClientQuotas"};
    if (const auto apis = missing({kDescribe, kAlter}); !apis.empty()) {
        return {kFeature, false, false, fmt::format("This cluster does not offer them ({}).", apis)};
    }
    if (!mayOnCluster(Operation::DescribeConfigs)) {
        return {kFeature, true, false, fmt::format("Quotas can't be read: {}.", lacks(Operation::DescribeConfigs))};
    }
    if (!mayOnCluster(Operation::AlterConfigs)) {
        return {kFeature, true, false,
                fmt::format("Quotas can be read, but not set: {}.", lacks(Operation::AlterConfigs))};
    }
    return {kFeature, true, true, "Quotas can be read and set."};
}

FeatureCheck CapabilityProbe::scramUsers() {
    constexpr Feature kFeature = Feature::ScramUsers;
    const auto users = WireAccessAdmin(m_profile).users(m_deadline.rest());
    if (!users) {
        return refused(kFeature, users.error());
    }
    constexpr Api kAlter{51, "AlterUserScramCredentials"};
    if (!serves(kAlter.key)) {
        return {kFeature, false, false,
                fmt::format("Users can be read, but the cluster makes none ({}).", kAlter.name)};
    }
    if (!mayOnCluster(Operation::Alter)) {
        return {kFeature, true, false,
                fmt::format("Users can be read, but not made or changed: {}.", lacks(Operation::Alter))};
    }
    return {kFeature, true, true,
            fmt::format("Users can be made and changed; there {} now.",
                        users->size() == 1 ? "is 1" : fmt::format("are {}", users->size()))};
}

std::string CapabilityProbe::missing(std::initializer_list<Api> apis) const {
    std::vector<std::string_view> names;
    for (const auto& api : apis) {
        if (!serves(api.key)) {
            names.push_back(api.name);
        }
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

Result<Capabilities> probeCapabilities(const Profile& profile, const CallOptions& options) {
    if (auto valid = validateProfile(profile); !valid) {
        return std::unexpected(valid.error());
    }
    return CapabilityProbe(profile, options).run();
}

} // namespace meshbone::backbone
