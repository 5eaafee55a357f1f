// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/http.h>
#include <backbone/types.h>

#include <filesystem>
#include <memory>
#include <string>

namespace meshbone::backbone {

struct HttpClientOptions {
    std::string baseUrl;          ///< "https://registry.example:8081", maybe with a path before that of each call
    std::string user;             ///< for Basic authentication; empty: none
    std::string password;         ///< stands in no sentence
    std::filesystem::path caFile; ///< whom https trusts; empty: the system's authorities
    bool checkHostName = true;    ///< https: the certificate must name the host of the URL
};

struct HttpCall {
    std::string method = "GET";
    std::string target = "/";  ///< path, and query behind a "?", encoded: see encodeSegment()
    std::string contentType{}; ///< of the body; empty: none is told
    std::string body{};
    HttpHeaders headers{}; ///< further ones, such as Accept
};

/// Asks one HTTP service, in plain text or in TLS 1.2 and newer. Blocking; thread-safe. One connection is kept between
/// calls; a call that finds it in use opens its own. No redirects are followed, no cookies kept, nothing is unpacked.
class HttpClient {
public:
    static constexpr std::size_t kMaxAnswerBytes = 64U << 20;

    /// InvalidArgument where the URL isn't one of http or https. Connects to nothing yet.
    static Result<std::unique_ptr<HttpClient>> make(HttpClientOptions options);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// The answer, whatever its status. Fails with Unavailable (no connection, no secure one, or it broke off before
    /// the answer was whole), Timeout, Cancelled, Corrupt (no HTTP), Exhausted (the answer is too long) or
    /// InvalidArgument (a call that can't be sent, a CA file that can't be read), each with a sentence that names the
    /// endpoint. A kept connection that the server has closed is replaced without a word; only a POST or PATCH that
    /// may have arrived is not sent twice.
    Result<HttpResponse> call(const HttpCall& call, const CallOptions& options = {});

private:
    struct State;
    explicit HttpClient(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// One call by a client of its own.
Result<HttpResponse> httpCall(HttpClientOptions client, const HttpCall& call, const CallOptions& options = {});

} // namespace meshbone::backbone
