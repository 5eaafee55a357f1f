// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/http.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace meshbone::backbone::http {

struct ReadLimits {
    std::uint32_t headerBytes = 16U << 10;
    std::size_t bodyBytes = 16U << 20;
};

/// Bytes to requests, without sockets. Holds a buffer of 4 KiB when idle, never more than the headers' limit or 64 KiB.
/// After Refused nothing more can be read.
class RequestReader {
public:
    enum class Step : std::uint8_t {
        NeedsMore, ///< read into room(), say received(), and ask again
        Head,      ///< all but the body is there: told once for each request
        Whole,     ///< take() it
        Refused,   ///< status() and sentence() say why
    };

    explicit RequestReader(const ReadLimits& limits);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    std::span<char> room();
    void received(std::size_t bytes);
    Step next();

    /// The request as far as it is there, from Head on.
    HttpRequest& request();
    /// Gives the request away; what comes next is another one.
    HttpRequest take();
    /// From now on the body is read without being kept.
    void dropBody();

    [[nodiscard]] bool hasBegun() const;       ///< a part of the next request is there
    [[nodiscard]] bool isKeepAlive() const;    ///< the client goes on after this one
    [[nodiscard]] bool isHttp10() const;       ///< HTTP/1.0
    [[nodiscard]] bool awaitsContinue() const; ///< it sends its body once it is told to
    [[nodiscard]] int status() const;          ///< of a refusal
    [[nodiscard]] std::string_view sentence() const;

private:
    class Parser;
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace meshbone::backbone::http
