// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/raw_client.h"

#include <backbone/http.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

namespace meshbone::testing {

/// An answer, byte for byte as it came.
struct RawAnswer {
    int status = 0; ///< 0: the connection was closed before there was a whole one
    std::string head;
    std::string body;

    [[nodiscard]] bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
};

/// RawClient or TlsClient, who sends any bytes and reads answers of HTTP.
template <class Client>
class RawHttp : public Client {
public:
    using Client::Client;

    RawAnswer readAnswer(bool toHead = false) {
        RawAnswer answer;
        while (!answer.head.ends_with("\r\n\r\n")) {
            const auto one = this->readExactly(1);
            if (!one) {
                return {};
            }
            answer.head += *one;
        }
        const auto status = std::atoi(answer.head.c_str() + sizeof("HTTP/1.1"));
        if (const auto at = answer.head.find("Content-Length: "); at != std::string::npos && !toHead) {
            auto body = this->readExactly(std::strtoul(answer.head.c_str() + at + 16, nullptr, 10));
            if (!body) {
                return {};
            }
            answer.body = std::move(*body);
        }
        answer.status = status;
        return answer;
    }
    RawAnswer ask(std::string_view bytes, bool toHead = false) {
        this->sendBytes(bytes);
        return readAnswer(toHead);
    }
    RawAnswer get(const std::string& target, const std::string& moreHeaders = "") {
        return ask("GET " + target + " HTTP/1.1\r\nHost: here\r\n" + moreHeaders + "\r\n");
    }
};
using HttpWire = RawHttp<RawClient>;

inline std::string post(const std::string& target, const std::string& body) {
    return "POST " + target + " HTTP/1.1\r\nHost: here\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

/// Tells what came: "GET /path?query body".
inline void echo(backbone::HttpRequest request, backbone::HttpReply reply) {
    reply.send({200, "text/plain", request.method + " " + request.rawPath + "?" + request.query + " " + request.body});
}

inline std::unique_ptr<backbone::HttpServer> serve(backbone::HttpHandler handler = echo,
                                                   backbone::HttpServerOptions options = {}) {
    return std::move(backbone::HttpServer::start(std::move(options), std::move(handler)).value());
}

} // namespace meshbone::testing
