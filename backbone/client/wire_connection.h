// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/bootstrap_list.h"
#include "client/deadline.h"
#include "net/client_stream.h"
#include "wire/codec.h"
#include "wire/messages/api_versions.h"

#include <backbone/client.h>

#include <map>

namespace meshbone::backbone {

/// One connection to one broker that speaks the protocol itself, beside librdkafka: connected, versions known, logged
/// in. One request at a time; after an error other than the broker's own it must not be used again. One thread at a
/// time.
class WireConnection {
public:
    static constexpr std::size_t kMaxFrameBytes = 64u << 20; ///< an answer that claims to be longer is refused

    /// Connects, asks for the versions (ApiVersions), logs in as the profile says. Fails with Unavailable, Timeout,
    /// Cancelled, PermissionDenied (user, password or mechanism), InvalidArgument (a file of the profile) or Corrupt
    /// (the peer doesn't speak Kafka's protocol).
    static Result<std::unique_ptr<WireConnection>> open(const Profile& profile, const BrokerAddress& address,
                                                        const Deadline& deadline);

    using Versions = std::map<std::int16_t, wire::Versions>; ///< what the broker serves, by API key
    [[nodiscard]] const Versions& versions() const { return m_versions; }
    [[nodiscard]] const BrokerAddress& address() const { return m_address; }
    /// The newest version that both sides know; none when there is no such version.
    [[nodiscard]] std::optional<wire::Version> versionOf(wire::ApiKey key, wire::Versions ours) const;

    /// Sends a request in the newest common version and waits for its answer, whose error codes are left to the caller.
    /// `doing` completes "Could not …". Unsupported when the broker lacks the API.
    template <class Response, class Request>
    Result<Response> call(const Request& request, std::string_view doing, const Deadline& deadline) {
        static_assert(Request::kKey == Response::kKey && Request::kIsRequest && !Response::kIsRequest);
        const auto version = versionOf(Request::kKey, Request::kVersions);
        if (!version) {
            return std::unexpected(notOffered(Request::kKey, doing));
        }
        return callIn<Response>(request, *version, doing, deadline);
    }

private:
    WireConnection(BrokerAddress address, std::string clientId, std::unique_ptr<net::ClientStream> stream)
        : m_address(std::move(address))
        , m_clientId(std::move(clientId))
        , m_stream(std::move(stream)) {}

    template <class Response, class Request>
    Result<Response> callIn(const Request& request, wire::Version version, std::string_view doing,
                            const Deadline& deadline) {
        const auto id = ++m_lastId;
        auto body = exchange(wire::encodeRequest(id, m_clientId, request, version).flatten(), Request::kKey, version,
                             id, doing, deadline);
        if (!body) {
            return std::unexpected(body.error());
        }
        auto response = wire::decodeBody<Response>(*body, version);
        if (!response) {
            return std::unexpected(garbled(doing, response.error().message));
        }
        return std::move(*response);
    }

    /// The body of the answer, a view into m_frame.
    Result<std::string_view> exchange(const std::string& request, wire::ApiKey key, wire::Version version,
                                      std::int32_t id, std::string_view doing, const Deadline& deadline);
    Status fill(std::string& into, std::size_t bytes, std::string_view doing, const Deadline& deadline);
    Status askVersions(const Deadline& deadline);
    void keepVersions(const wire::ApiVersionsResponse& response);
    Status logIn(const Profile& profile, const Deadline& deadline);
    Status authenticate(const Profile& profile, const Deadline& deadline);
    [[nodiscard]] Error garbled(std::string_view doing, std::string_view why) const;
    [[nodiscard]] Error notOffered(wire::ApiKey key, std::string_view doing) const;

    BrokerAddress m_address;
    std::string m_clientId;
    std::unique_ptr<net::ClientStream> m_stream;
    Versions m_versions;
    std::int32_t m_lastId = 0;
    std::string m_frame;
};

} // namespace meshbone::backbone
