// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/alter_configs.h"
#include "broker/config/config_resources.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"
#include "wire/messages/incremental_alter_configs.h"

#include <map>

namespace meshbone::backbone::broker {

namespace {

template <class Config>
ConfigAlteration alterationOf(const Config& config) {
    ConfigAlteration alteration;
    alteration.name = config.name;
    if (config.value) {
        alteration.value = *config.value;
    }
    if constexpr (requires { config.configOperation; }) {
        alteration.operation = AlterOperation{config.configOperation};
    }
    return alteration;
}

/// How often a request names each resource; once is legal.
template <class Request>
auto timesNamed(const Request& request) {
    std::map<std::pair<std::int8_t, std::string_view>, std::size_t> times;
    for (const auto& resource : request.resources) {
        ++times[{resource.resourceType, resource.resourceName}];
    }
    return times;
}

/// Both APIs have the same shape; they differ in what happens to keys that aren't named.
template <class Request, class Response>
Handler alteringHandler(Services& services, bool replaceAll) {
    return [&services, replaceAll](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<Request>(context, reply);
        if (!request) {
            return;
        }
        Response response;
        const auto times = timesNamed(*request);
        for (const auto& resource : request->resources) {
            std::vector<ConfigAlteration> alterations;
            for (const auto& config : resource.configs) {
                alterations.push_back(alterationOf(config));
            }
            const bool isTwice = times.at({resource.resourceType, resource.resourceName}) > 1;
            const auto done = isTwice
                                  ? Status(refuse(KafkaCode::InvalidRequest, "Each resource must appear at most once."))
                                  : alterConfig(services, context, resource.resourceType, resource.resourceName,
                                                alterations, replaceAll, request->validateOnly);
            auto& answer = response.responses.emplace_back();
            answer.resourceType = resource.resourceType;
            answer.resourceName = resource.resourceName;
            if (!done) {
                answer.errorCode = kafkaCodeOf(done.error());
                answer.errorMessage = done.error().message;
            }
        }
        reply.send(response);
    };
}

} // namespace

Handler alterConfigsHandler(Services& services) {
    return alteringHandler<wire::AlterConfigsRequest, wire::AlterConfigsResponse>(services, true);
}

Handler incrementalAlterConfigsHandler(Services& services) {
    return alteringHandler<wire::IncrementalAlterConfigsRequest, wire::IncrementalAlterConfigsResponse>(services,
                                                                                                        false);
}

} // namespace meshbone::backbone::broker
