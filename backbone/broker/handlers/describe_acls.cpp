// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/describe_acls.h"
#include "broker/acl/acl_wire.h"
#include "broker/handlers/acl_checks.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

namespace meshbone::backbone::broker {

namespace {

using wire::DescribeAclsResponse;

/// By resource, in the order of the bindings, which keeps those of one pattern together.
std::vector<DescribeAclsResponse::DescribeAclsResource> byResource(const std::vector<AclBinding>& bindings) {
    std::vector<DescribeAclsResponse::DescribeAclsResource> all;
    const AclBinding* before = nullptr;
    for (const auto& binding : bindings) {
        if (before == nullptr || before->resourceKind != binding.resourceKind || before->pattern != binding.pattern ||
            before->resource != binding.resource) {
            all.push_back({kafkaNumber(binding.resourceKind), binding.resource, kafkaNumber(binding.pattern), {}});
        }
        all.back().acls.push_back(
            {binding.principal, binding.host, kafkaNumber(binding.operation), kafkaNumber(binding.permission)});
        before = &binding;
    }
    return all;
}

} // namespace

Handler describeAclsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<wire::DescribeAclsRequest>(context, reply);
        if (!request) {
            return;
        }
        DescribeAclsResponse response;
        const auto filter = filterIn(*request);
        if (const auto may = mayUseAcls(services, context, Operation::Describe); !may) {
            response.errorCode = kafkaCodeOf(may.error());
            response.errorMessage = may.error().message;
        } else if (!filter) {
            response.errorCode = kafkaCodeOf(filter.error());
            response.errorMessage = filter.error().message;
        } else {
            response.resources = byResource(services.acls->table().matching(*filter));
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
