// SPDX-License-Identifier: Apache-2.0
#include <backbone/http_client.h>

#include "http/header_name.h"
#include "http/response_reader.h"
#include "http/url.h"
#include "net/client_stream.h"
#include "net/socket_wait.h"

#include <backbone/base64.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <mutex>

namespace meshbone::backbone {

namespace {

using net::ClientStream;
using net::WaitLimit;
using StreamPtr = std::unique_ptr<ClientStream>;

bool isToken(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return c > 0x20 && c < 0x7F && std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
    });
}

bool isValue(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

Status check(const HttpCall& call) {
    const bool isPath = call.target.starts_with('/') &&
                        std::ranges::all_of(call.target, [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
    const bool areHeaders = std::ranges::all_of(
        call.headers, [](const auto& header) { return isToken(header.first) && isValue(header.second); });
    if (!isPath || !areHeaders || !isToken(call.method) || !isValue(call.contentType)) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("'{} {}' can't be sent: method, path or a header has characters that HTTP doesn't "
                                "allow.",
                                call.method, call.target));
    }
    return {};
}

/// The service may have done what is asked before the connection broke, and doing it twice may differ.
bool mayBeRepeated(std::string_view method) {
    static constexpr std::array<std::string_view, 5> kIdempotent{"GET", "HEAD", "PUT", "DELETE", "OPTIONS"};
    return std::ranges::find(kIdempotent, method) != kIdempotent.end();
}

} // namespace

struct HttpClient::State {
    HttpClientOptions options;
    http::Url url;
    std::string endpoint; ///< for sentences
    std::mutex lock;
    StreamPtr kept; ///< guarded by lock

    StreamPtr takeKept() {
        const std::scoped_lock guard(lock);
        return std::move(kept);
    }
    void keep(StreamPtr stream) {
        const std::scoped_lock guard(lock);
        kept = std::move(stream);
    }

    [[nodiscard]] Result<StreamPtr> connect(const CallOptions& call) const {
        std::optional<net::TlsOptions> tls;
        if (url.isTls) {
            tls.emplace();
            tls->caFile = options.caFile;
            tls->checkHostName = options.checkHostName;
        }
        return net::connectStream(url.host, url.port, tls, call);
    }

    [[nodiscard]] std::string textOf(const HttpCall& call) const {
        auto text = fmt::format("{} {}{} HTTP/1.1\r\nHost: {}\r\nUser-Agent: meshbone\r\n", call.method, url.prefix,
                                call.target, url.authority());
        const auto into = std::back_inserter(text);
        if (!options.user.empty()) {
            fmt::format_to(into, "Authorization: Basic {}\r\n", toBase64(options.user + ":" + options.password));
        }
        if (!call.contentType.empty()) {
            fmt::format_to(into, "Content-Type: {}\r\n", call.contentType);
        }
        if (!call.body.empty() || call.method == "POST" || call.method == "PUT" || call.method == "PATCH") {
            fmt::format_to(into, "Content-Length: {}\r\n", call.body.size());
        }
        for (const auto& [name, value] : call.headers) {
            fmt::format_to(into, "{}: {}\r\n", name, value);
        }
        return text.append("\r\n").append(call.body);
    }

    struct Outcome {
        Result<HttpResponse> answer;
        bool isUnanswered = false; ///< it broke before a byte of an answer came
    };
    Outcome exchange(StreamPtr stream, const std::string& text, bool toHead, const WaitLimit& limit);
};

HttpClient::State::Outcome HttpClient::State::exchange(StreamPtr stream, const std::string& text, bool toHead,
                                                       const WaitLimit& limit) {
    http::ResponseReader reader(toHead, kMaxAnswerBytes);
    // A service that refuses a long body hangs up while it is sent; its answer is there to be read all the same.
    const auto sent = stream->send(text, limit.rest());
    if (!sent && sent.error().code != ErrorCode::Unavailable) {
        return {std::unexpected(sent.error())};
    }
    while (!reader.isWhole()) {
        const auto got = stream->receive(reader.room(), limit.rest());
        if (!got) {
            const bool isUnanswered = got.error().code == ErrorCode::Unavailable && !reader.hasBegun();
            return {std::unexpected(got.error()), isUnanswered};
        }
        const auto read = *got == 0 ? reader.ended() : reader.received(*got);
        if (!read && *got == 0 && !reader.hasBegun()) {
            return {fail(ErrorCode::Unavailable, fmt::format("{} hung up without an answer.", endpoint)), true};
        }
        if (!read) {
            return {fail(read.error().code, fmt::format("{} sent {}.", endpoint, read.error().message))};
        }
    }
    if (sent && reader.isKeepAlive()) {
        keep(std::move(stream));
    }
    return {reader.take()};
}

HttpClient::HttpClient(std::unique_ptr<State> state)
    : m_state(std::move(state)) {}

HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>> HttpClient::make(HttpClientOptions options) {
    auto url = http::parseUrl(options.baseUrl);
    if (!url) {
        return std::unexpected(std::move(url.error()));
    }
    if (options.user.find(':') != std::string::npos) {
        return fail(ErrorCode::InvalidArgument, "A user's name can't have a colon in it for Basic authentication.");
    }
    auto state = std::make_unique<State>();
    state->options = std::move(options);
    state->url = std::move(*url);
    state->endpoint = fmt::format("{}:{}", state->url.host, state->url.port);
    return std::unique_ptr<HttpClient>(new HttpClient(std::move(state)));
}

Result<HttpResponse> HttpClient::call(const HttpCall& call, const CallOptions& options) {
    const WaitLimit limit(options);
    if (auto sendable = check(call); !sendable) {
        return std::unexpected(std::move(sendable.error()));
    }
    const auto text = m_state->textOf(call);
    const bool toHead = call.method == "HEAD";
    if (auto kept = m_state->takeKept()) {
        // Silence is what a connection must have to say now: else the server closed it, or isn't in step with us.
        char byte = 0;
        const auto silence = kept->receive({&byte, 1}, {std::chrono::milliseconds(0), {}});
        if (!silence && silence.error().code == ErrorCode::Timeout) {
            auto outcome = m_state->exchange(std::move(kept), text, toHead, limit);
            if (!outcome.isUnanswered || !mayBeRepeated(call.method)) {
                return std::move(outcome.answer);
            }
        }
    }
    auto stream = m_state->connect(limit.rest());
    if (!stream) {
        return std::unexpected(std::move(stream.error()));
    }
    return m_state->exchange(std::move(*stream), text, toHead, limit).answer;
}

Result<HttpResponse> httpCall(HttpClientOptions client, const HttpCall& call, const CallOptions& options) {
    auto made = HttpClient::make(std::move(client));
    if (!made) {
        return std::unexpected(std::move(made.error()));
    }
    return (*made)->call(call, options);
}

} // namespace meshbone::backbone
