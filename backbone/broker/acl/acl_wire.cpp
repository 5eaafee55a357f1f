// SPDX-License-Identifier: Apache-2.0
#include "broker/acl/acl_wire.h"

#include "broker/kafka_errors.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {

template <class Field>
std::optional<std::string> owned(const Field& text) {
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

template <class Asked>
Result<AclFilter> filterFrom(const Asked& asked) {
    AclFilter filter{resourceKindFromKafka(asked.resourceTypeFilter),
                     patternTypeFromKafka(asked.patternTypeFilter),
                     owned(asked.resourceNameFilter),
                     owned(asked.principalFilter),
                     owned(asked.hostFilter),
                     operationFromKafka(asked.operation),
                     permissionFromKafka(asked.permissionType)};
    if (filter.resourceKind == ResourceKind::Unknown || filter.pattern == PatternType::Unknown ||
        filter.operation == Operation::Unknown || filter.permission == Permission::Unknown) {
        return refuse(KafkaCode::InvalidRequest,
                      "The filter has a resource type, pattern type, operation or permission that is not known here.");
    }
    return filter;
}

std::string whyRefused(const AclBinding& binding) {
    if (binding.resourceKind == ResourceKind::Unknown || binding.resourceKind == ResourceKind::Any) {
        return fmt::format("Invalid resourceType {}.", name(binding.resourceKind));
    }
    if (binding.pattern != PatternType::Literal && binding.pattern != PatternType::Prefixed) {
        return fmt::format("Invalid patternType {}.", name(binding.pattern));
    }
    if (binding.operation == Operation::Unknown || binding.operation == Operation::Any) {
        return fmt::format("Invalid operation {}.", name(binding.operation));
    }
    if (binding.permission != Permission::Allow && binding.permission != Permission::Deny) {
        return fmt::format("Invalid permissionType {}.", name(binding.permission));
    }
    if (binding.resource.empty()) {
        return "Resource name should not be empty.";
    }
    if (binding.host.empty()) {
        return "Host should not be empty.";
    }
    if (binding.resourceKind == ResourceKind::Cluster && binding.resource != kClusterName) {
        return fmt::format("The only valid name for the CLUSTER resource is {}.", kClusterName);
    }
    return binding.principal.find(':') == std::string::npos
               ? fmt::format("Could not parse the principal '{}': there is no colon between its type and its name.",
                             binding.principal)
               : std::string();
}

} // namespace

Result<AclFilter> filterIn(const wire::DescribeAclsRequest& request) {
    return filterFrom(request);
}
Result<AclFilter> filterIn(const wire::DeleteAclsRequest::DeleteAclsFilter& filter) {
    return filterFrom(filter);
}

Result<AclBinding> bindingIn(const wire::CreateAclsRequest::AclCreation& creation) {
    AclBinding binding{resourceKindFromKafka(creation.resourceType),
                       patternTypeFromKafka(creation.resourcePatternType),
                       std::string(creation.resourceName),
                       std::string(creation.principal),
                       std::string(creation.host),
                       operationFromKafka(creation.operation),
                       permissionFromKafka(creation.permissionType)};
    if (auto why = whyRefused(binding); !why.empty()) {
        return refuse(KafkaCode::InvalidRequest, std::move(why));
    }
    return binding;
}

wire::DeleteAclsResponse::DeleteAclsMatchingAcl matchingAcl(const AclBinding& binding) {
    wire::DeleteAclsResponse::DeleteAclsMatchingAcl acl;
    acl.resourceType = kafkaNumber(binding.resourceKind);
    acl.resourceName = binding.resource;
    acl.patternType = kafkaNumber(binding.pattern);
    acl.principal = binding.principal;
    acl.host = binding.host;
    acl.operation = kafkaNumber(binding.operation);
    acl.permissionType = kafkaNumber(binding.permission);
    return acl;
}

} // namespace meshbone::backbone::broker
