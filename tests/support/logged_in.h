// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker_fixture.h"
#include "raw_client.h"
#include "wire/messages/create_acls.h"
#include "wire/messages/delete_acls.h"
#include "wire/messages/describe_acls.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"

#include <backbone/acl.h>

namespace meshbone::testing {

/// A broker with an authorizer, whose super user is "admin".
inline backbone::BrokerOptions authorizingOptions(std::map<std::string, std::string> properties = {}) {
    properties.try_emplace("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.try_emplace("super.users", "User:admin");
    backbone::BrokerOptions options;
    options.properties = std::move(properties);
    return options;
}

/// Logs in by PLAIN; false when the broker refuses.
inline bool logIn(RawClient& client, std::string_view user, std::string_view password) {
    using namespace backbone::wire;
    SaslHandshakeRequest handshake;
    handshake.mechanism = "PLAIN";
    client.call<SaslHandshakeResponse>(handshake, 1);
    std::string token(1, '\0');
    token.append(user).append(1, '\0').append(password);
    SaslAuthenticateRequest request;
    request.authBytes = token;
    return client.call<SaslAuthenticateResponse>(request, 2).errorCode == KafkaCode::None;
}

/// A connection of a user whom the broker knows by the password "<user>-secret".
class UserClient : public RawClient {
public:
    UserClient(const BrokerFixture& broker, const std::string& user)
        : RawClient(broker.port()) {
        if (!logIn(*this, user, user + "-secret")) {
            throw std::runtime_error(user + " was not let in");
        }
    }
    static void know(BrokerFixture& broker, const std::string& user) {
        if (const auto put = broker.broker().putUser({user, user + "-secret"}); !put) {
            throw std::runtime_error(put.error().message);
        }
    }
};

inline backbone::wire::CreateAclsRequest::AclCreation creationOf(const backbone::AclBinding& binding) {
    return {kafkaNumber(binding.resourceKind),
            binding.resource,
            kafkaNumber(binding.pattern),
            binding.principal,
            binding.host,
            kafkaNumber(binding.operation),
            kafkaNumber(binding.permission)};
}

inline std::vector<backbone::wire::CreateAclsResponse::AclCreationResult>
createAcls(RawClient& client, const std::vector<backbone::AclBinding>& bindings) {
    backbone::wire::CreateAclsRequest request;
    for (const auto& binding : bindings) {
        request.creations.push_back(creationOf(binding));
    }
    return client.call<backbone::wire::CreateAclsResponse>(request, 3).results;
}

template <class Asked>
void fillFilter(Asked& asked, const backbone::AclFilter& filter) {
    asked.resourceTypeFilter = kafkaNumber(filter.resourceKind);
    asked.resourceNameFilter = filter.resource;
    asked.patternTypeFilter = kafkaNumber(filter.pattern);
    asked.principalFilter = filter.principal;
    asked.hostFilter = filter.host;
    asked.operation = kafkaNumber(filter.operation);
    asked.permissionType = kafkaNumber(filter.permission);
}

inline backbone::wire::DescribeAclsResponse describeAcls(RawClient& client, const backbone::AclFilter& filter = {}) {
    backbone::wire::DescribeAclsRequest request;
    fillFilter(request, filter);
    return client.call<backbone::wire::DescribeAclsResponse>(request, 3);
}

inline std::vector<backbone::wire::DeleteAclsResponse::DeleteAclsFilterResult>
deleteAcls(RawClient& client, const std::vector<backbone::AclFilter>& filters) {
    backbone::wire::DeleteAclsRequest request;
    for (const auto& filter : filters) {
        fillFilter(request.filters.emplace_back(), filter);
    }
    return client.call<backbone::wire::DeleteAclsResponse>(request, 3).filterResults;
}

} // namespace meshbone::testing
