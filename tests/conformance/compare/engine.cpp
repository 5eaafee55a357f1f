// SPDX-License-Identifier: Apache-2.0
#include "engine.h"

#include "request_filler.h"

#include "wire/dump.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/find_coordinator.h"
#include "wire/messages/init_producer_id.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"

#include <fmt/core.h>

#include <chrono>
#include <stdexcept>

namespace meshbone::compare {

namespace wire = backbone::wire;

namespace {

constexpr std::string_view kOwnGroups = "cmp-"; ///< cases/groups.txt

} // namespace

Api findApi(const std::string& name) {
    const auto all = wire::messageTypes();
    for (std::size_t i = 0; i + 1 < all.size(); i += 2) {
        if (all[i].name == name + "Request") {
            return {&all[i], &all[i + 1]};
        }
    }
    throw std::runtime_error("There is no API " + name);
}

Engine::Engine(Address address)
    : m_address(std::move(address)) {
    wire::ApiVersionsRequest request;
    request.clientSoftwareName = "meshbone-compare";
    request.clientSoftwareVersion = "1";
    for (const auto& api : clientOf(m_address.admin).call<wire::ApiVersionsResponse>(request, 3).apiKeys) {
        m_versions[api.apiKey] = {api.minVersion, api.maxVersion};
    }
}

std::optional<wire::Versions> Engine::versionsOf(wire::ApiKey key) const {
    const auto found = m_versions.find(key);
    return found == m_versions.end() ? std::nullopt : std::optional(found->second);
}

void Engine::awaitCoordinator() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    auto& client = clientOf(m_address.admin);
    const auto isReady = [&] {
        wire::FindCoordinatorRequest find;
        find.key = "g";
        return client.call<wire::FindCoordinatorResponse>(find, 1).errorCode == wire::KafkaCode::None &&
               client.call<wire::InitProducerIdResponse>(wire::InitProducerIdRequest{}, 0).errorCode ==
                   wire::KafkaCode::None;
    };
    while (!isReady()) {
        if (std::chrono::steady_clock::now() > deadline) {
            throw std::runtime_error("The broker coordinates no groups after 20 s.");
        }
    }
}

testing::RawClient& Engine::clientOf(const std::string& user) {
    auto& client = m_clients[user];
    if (!client) {
        auto fresh = std::make_unique<testing::RawClient>(m_address.port);
        const auto handshake =
            fresh->call<wire::SaslHandshakeResponse>(wire::SaslHandshakeRequest{.mechanism = "PLAIN"}, 1);
        const auto token = std::string(1, '\0') + user + '\0' + m_address.passwords.at(user);
        const auto login =
            fresh->call<wire::SaslAuthenticateResponse>(wire::SaslAuthenticateRequest{.authBytes = token}, 2);
        if (handshake.errorCode != wire::KafkaCode::None || login.errorCode != wire::KafkaCode::None) {
            throw std::runtime_error("The broker does not let " + user + " in.");
        }
        client = std::move(fresh);
    }
    return *client;
}

nlohmann::json Engine::exchange(testing::RawClient& client, const Api& api, wire::Version version,
                                const nlohmann::json& request) {
    RequestFiller filler(request);
    const auto message = api.request->make();
    message->inspect(filler, version);
    m_unusedNames = filler.unusedNames();
    const auto id = ++m_lastId;
    auto bytes =
        wire::requestHead({.key = api.request->key, .version = version, .correlationId = id, .clientId = "compare"});
    bytes += message->encode(version);
    const auto length = htonl(static_cast<std::uint32_t>(bytes.size() - 4));
    std::memcpy(bytes.data(), &length, sizeof length);
    client.sendBytes(bytes);

    const auto frame = client.readFrame();
    if (!frame) {
        throw std::runtime_error("the connection was closed");
    }
    const auto parts = wire::decodeResponseFrame(*frame, api.response->key, version);
    if (!parts || parts->correlationId != id) {
        throw std::runtime_error("not the answer to this request");
    }
    const auto answer = api.response->make();
    if (const auto decoded = answer->decode(parts->body, version); !decoded) {
        throw std::runtime_error(decoded.error().message);
    }
    wire::Dumper dumper;
    answer->inspect(dumper, version);
    return nlohmann::json::parse(dumper.text());
}

Answer Engine::ask(const Step& step, wire::Version version, std::map<std::string, std::string> variables) {
    variables.insert(m_captured.begin(), m_captured.end());
    const auto request = nlohmann::json::parse(substituted(step.request, variables));
    const auto& user = step.user.empty() ? m_address.admin : step.user;
    auto& client = clientOf(user);
    nlohmann::json answer;
    try {
        answer = exchange(client, findApi(step.api), version, request);
    } catch (const std::runtime_error& error) {
        m_clients.erase(user);
        return {{"answer", error.what()}};
    }
    for (const auto& [name, pointer] : step.captures) {
        const nlohmann::json::json_pointer at(pointer);
        if (!answer.contains(at)) {
            throw std::runtime_error(fmt::format("{}: there is no {} in {}", step.name, pointer, answer.dump()));
        }
        const auto& value = answer.at(at);
        m_captured[name] = value.is_string() ? value.get<std::string>() : value.dump();
    }
    if (answer.contains("groups") && step.api == "ListGroups") { // others may use this broker at the same time
        auto& groups = answer["groups"];
        std::erase_if(groups.get_ref<nlohmann::json::array_t&>(), [](const nlohmann::json& group) {
            return !group.at("groupId").get_ref<const std::string&>().starts_with(kOwnGroups);
        });
    }
    return answerOf(answer);
}

} // namespace meshbone::compare
