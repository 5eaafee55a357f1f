// SPDX-License-Identifier: Apache-2.0
#include "client/access_admin.h"
#include "client/kafka_errors.h"
#include "wire/messages/create_acls.h"
#include "wire/messages/delete_acls.h"
#include "wire/messages/describe_acls.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

constexpr std::size_t kCreationsAtOnce = 1'000; // Kafka refuses more than 10,000 together
constexpr std::size_t kFiltersAtOnce = 50;      // each scans all bindings on the controller's thread

/// A filter as DescribeAcls and DeleteAcls hold it; its texts are views into `filter`.
template <class Asked>
Asked askedOf(const AclFilter& filter) {
    Asked asked;
    asked.resourceTypeFilter = kafkaNumber(filter.resourceKind);
    asked.resourceNameFilter = filter.resource;
    asked.patternTypeFilter = kafkaNumber(filter.pattern);
    asked.principalFilter = filter.principal;
    asked.hostFilter = filter.host;
    asked.operation = kafkaNumber(filter.operation);
    asked.permissionType = kafkaNumber(filter.permission);
    return asked;
}

std::vector<AclBinding> bindingsIn(const wire::DescribeAclsResponse& response) {
    std::vector<AclBinding> all;
    for (const auto& resource : response.resources) {
        for (const auto& acl : resource.acls) {
            all.push_back({resourceKindFromKafka(resource.resourceType), patternTypeFromKafka(resource.patternType),
                           resource.resourceName, acl.principal, acl.host, operationFromKafka(acl.operation),
                           permissionFromKafka(acl.permissionType)});
        }
    }
    std::ranges::sort(all);
    return all;
}

Status statusOf(wire::KafkaCode code, std::string_view doing, const std::optional<std::string>& detail) {
    return code == wire::KafkaCode::None ? Status{}
                                         : Status(std::unexpected(accessError(code, doing, detail, Operation::Alter)));
}

/// Codes that say of the whole request that nothing of it was done.
bool isAboutAll(wire::KafkaCode code) {
    return code == wire::KafkaCode::ClusterAuthorizationFailed || code == wire::KafkaCode::SecurityDisabled;
}

Result<std::vector<Status>> createChunk(WireClient& client, std::int32_t node, std::span<const AclBinding> bindings) {
    constexpr std::string_view kDoing = "create the ACLs";
    wire::CreateAclsRequest request;
    for (const auto& one : bindings) {
        request.creations.push_back({kafkaNumber(one.resourceKind), one.resource, kafkaNumber(one.pattern),
                                     one.principal, one.host, kafkaNumber(one.operation), kafkaNumber(one.permission)});
    }
    const auto response = client.call<wire::CreateAclsResponse>(node, request, kDoing);
    if (!response) {
        return std::unexpected(response.error());
    }
    std::vector<Status> statuses;
    for (const auto& result : response->results) {
        if (isAboutAll(result.errorCode)) {
            return std::unexpected(accessError(result.errorCode, kDoing, result.errorMessage, Operation::Alter));
        }
        statuses.push_back(statusOf(result.errorCode, kDoing, result.errorMessage));
    }
    return statuses;
}

Result<std::vector<Status>> deleteChunk(WireClient& client, std::int32_t node, std::span<const AclBinding> bindings) {
    constexpr std::string_view kDoing = "delete the ACLs";
    std::vector<AclFilter> filters; // the request's texts are views into these
    std::ranges::transform(bindings, std::back_inserter(filters), AclFilter::exactly);
    wire::DeleteAclsRequest request;
    std::ranges::transform(filters, std::back_inserter(request.filters),
                           askedOf<wire::DeleteAclsRequest::DeleteAclsFilter>);
    const auto response = client.call<wire::DeleteAclsResponse>(node, request, kDoing);
    if (!response) {
        return std::unexpected(response.error());
    }
    std::vector<Status> statuses;
    for (const auto& result : response->filterResults) {
        if (isAboutAll(result.errorCode)) {
            return std::unexpected(accessError(result.errorCode, kDoing, result.errorMessage, Operation::Alter));
        }
        auto status = statusOf(result.errorCode, kDoing, result.errorMessage);
        for (const auto& acl : result.matchingAcls) {
            status = status ? statusOf(acl.errorCode, kDoing, acl.errorMessage) : status;
        }
        statuses.push_back(std::move(status));
    }
    return statuses;
}

template <class Send>
Result<std::vector<Status>> inChunks(const Profile& profile, std::span<const AclBinding> bindings, std::size_t atOnce,
                                     const CallOptions& options, Send send) {
    WireClient client(profile, Deadline(options));
    const auto node = client.anyNode();
    if (!node) {
        return std::unexpected(node.error());
    }
    std::vector<Status> all;
    while (!bindings.empty()) {
        const auto chunk = bindings.first(std::min(atOnce, bindings.size()));
        auto statuses = send(client, *node, chunk);
        if (!statuses) {
            return statuses;
        }
        if (statuses->size() != chunk.size()) {
            return fail(ErrorCode::Corrupt,
                        fmt::format("The broker answered {} ACLs instead of {}.", statuses->size(), chunk.size()));
        }
        std::ranges::move(*statuses, std::back_inserter(all));
        bindings = bindings.subspan(chunk.size());
    }
    return all;
}

} // namespace

Error accessError(wire::KafkaCode code, std::string_view doing, const std::optional<std::string>& detail,
                  Operation needed) {
    const auto number = static_cast<std::int16_t>(code);
    if (code == wire::KafkaCode::ClusterAuthorizationFailed) {
        return {ErrorCode::PermissionDenied,
                fmt::format("Could not {}: this user lacks the right {} on the cluster.", doing, name(needed)), number};
    }
    if (code == wire::KafkaCode::SecurityDisabled) {
        return {ErrorCode::Unsupported,
                fmt::format("Could not {}: the cluster runs without an authorizer, so that everybody who can connect "
                            "may do everything.",
                            doing),
                number};
    }
    return kafkaError(number, doing, detail.value_or(""));
}

Result<std::vector<AclBinding>> WireAccessAdmin::acls(const AclFilter& filter, const CallOptions& options) {
    constexpr std::string_view kDoing = "read the ACLs";
    WireClient client(m_profile, Deadline(options));
    const auto node = client.anyNode();
    if (!node) {
        return std::unexpected(node.error());
    }
    const auto response =
        client.call<wire::DescribeAclsResponse>(*node, askedOf<wire::DescribeAclsRequest>(filter), kDoing);
    if (!response) {
        return std::unexpected(response.error());
    }
    if (response->errorCode != wire::KafkaCode::None) {
        return std::unexpected(accessError(response->errorCode, kDoing, response->errorMessage, Operation::Describe));
    }
    return bindingsIn(*response);
}

Result<std::vector<Status>> WireAccessAdmin::createAcls(std::span<const AclBinding> bindings,
                                                        const CallOptions& options) {
    return inChunks(m_profile, bindings, kCreationsAtOnce, options, createChunk);
}

Result<std::vector<Status>> WireAccessAdmin::deleteAcls(std::span<const AclBinding> bindings,
                                                        const CallOptions& options) {
    return inChunks(m_profile, bindings, kFiltersAtOnce, options, deleteChunk);
}

Result<std::unique_ptr<AccessAdmin>> openAccessAdmin(const Profile& profile) {
    if (auto valid = validateProfile(profile); !valid) {
        return std::unexpected(valid.error());
    }
    return std::make_unique<WireAccessAdmin>(profile);
}

} // namespace meshbone::backbone
