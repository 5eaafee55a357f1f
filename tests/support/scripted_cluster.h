// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scripted_server.h"
#include "wire/codec.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/metadata.h"

#include <cstring>
#include <optional>

namespace meshbone::testing {

/// A cluster that serves nothing but ApiVersions and Metadata, and names brokers: those that are there are this
/// server, at those that aren't nobody listens.
class ScriptedCluster {
public:
    struct Node {
        std::int32_t id = 1;
        bool isThere = true;
    };
    explicit ScriptedCluster(std::vector<Node> nodes)
        : m_nodes(std::move(nodes))
        , m_server([this](int descriptor) { serve(descriptor); }) {}

    [[nodiscard]] const std::string& bootstrap() const { return m_server.bootstrap(); }

private:
    /// A port that is taken, and refuses connections.
    class DeafPort {
    public:
        DeafPort() {
            sockaddr_in in{};
            in.sin_family = AF_INET;
            in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            socklen_t size = sizeof in;
            if (::bind(m_socket, reinterpret_cast<sockaddr*>(&in), size) != 0 ||
                ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&in), &size) != 0) {
                throw std::runtime_error("no port to take");
            }
            m_port = ntohs(in.sin_port);
        }
        DeafPort(const DeafPort&) = delete;
        DeafPort& operator=(const DeafPort&) = delete;
        ~DeafPort() { ::close(m_socket); }
        [[nodiscard]] std::int32_t port() const { return m_port; }

    private:
        int m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        std::int32_t m_port = 0;
    };

    static std::optional<std::string> readExactly(int descriptor, std::size_t size) {
        std::string bytes(size, '\0');
        return ::recv(descriptor, bytes.data(), size, MSG_WAITALL) == static_cast<ssize_t>(size) ? std::optional(bytes)
                                                                                                 : std::nullopt;
    }

    void serve(int descriptor) {
        while (const auto prefix = readExactly(descriptor, 4)) {
            std::uint32_t size = 0;
            std::memcpy(&size, prefix->data(), 4);
            const auto frame = readExactly(descriptor, ntohl(size));
            const auto request = frame ? backbone::wire::decodeRequestFrame(*frame)
                                       : Result<backbone::wire::RequestFrame>(fail(ErrorCode::Corrupt, "cut off"));
            if (!request) {
                return;
            }
            const auto answer = answerTo(request->header);
            if (answer.empty() ||
                ::send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(answer.size())) {
                return;
            }
        }
    }

    [[nodiscard]] std::string answerTo(const backbone::wire::RequestHeader& header) const {
        using namespace backbone::wire;
        if (header.key == ApiKey::ApiVersions) {
            ApiVersionsResponse response;
            response.apiKeys = {{ApiKey::Metadata, 0, 9}, {ApiKey::ApiVersions, 0, 3}};
            return encodeResponse(header.correlationId, response, header.version).flatten();
        }
        if (header.key == ApiKey::Metadata) {
            MetadataResponse response;
            const auto colon = bootstrap().rfind(':');
            for (const auto& node : m_nodes) {
                response.brokers.push_back({node.id, bootstrap().substr(0, colon),
                                            node.isThere ? std::stoi(bootstrap().substr(colon + 1)) : m_deaf.port(),
                                            std::nullopt});
            }
            response.clusterId = "scripted";
            return encodeResponse(header.correlationId, response, header.version).flatten();
        }
        return {};
    }

    std::vector<Node> m_nodes;
    DeafPort m_deaf;
    ScriptedServer m_server; // last: it serves from here on
};

} // namespace meshbone::testing
