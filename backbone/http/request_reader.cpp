// SPDX-License-Identifier: Apache-2.0
#include "http/request_reader.h"

#include "http/chunked.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <vector>

namespace meshbone::backbone::http {

namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::http::error;
using beast::http::field;

constexpr std::size_t kIdleBuffer = 4U << 10;
constexpr std::size_t kBodyBuffer = 64U << 10;

struct Refusal {
    int status = 0;
    std::string_view sentence;
};

Refusal refusalOf(const error_code& problem) {
    if (problem == error::body_limit) {
        return {413, "The body is longer than is taken here."};
    }
    if (problem == error::header_limit) {
        return {431, "The request's headers are longer than is taken here."};
    }
    if (problem == error::bad_version) {
        return {505, "Only HTTP/1.0 and HTTP/1.1 are spoken here."};
    }
    return {400, "This is no well-formed HTTP request."};
}

} // namespace

/// Beast's parser into an HttpRequest. Its checks are the protocol's grammar; what the grammar allows and we don't is
/// refused here.
class RequestReader::Parser final : public beast::http::basic_parser<true> {
public:
    explicit Parser(const ReadLimits& limits) {
        header_limit(limits.headerBytes);
        body_limit(limits.bodyBytes);
    }

    HttpRequest request;
    Refusal refusal;
    bool isHttp10 = false;
    bool awaitsContinue = false;
    bool dropsBody = false;

private:
    void refuse(int status, std::string_view sentence, error_code& ec) {
        refusal = {status, sentence};
        ec = error::bad_value;
    }

    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                         error_code& ec) override {
        std::string_view rest(target.data(), target.size());
        if (rest.front() != '/') {
            // A proxy's spelling of the address, which every server must know.
            const auto host = rest.find("://");
            const auto path = host == std::string_view::npos ? host : rest.find_first_of("/?", host + 3);
            if (path == std::string_view::npos || host > 5 || rest[path] == '?') {
                return refuse(400, "The request's target isn't a path.", ec);
            }
            rest.remove_prefix(path);
        }
        if (std::ranges::any_of(rest, [](char c) { return c < 0x21 || c > 0x7E || c == '#'; })) {
            return refuse(400, "The request's target has characters that must be percent-encoded.", ec);
        }
        const auto question = std::min(rest.find('?'), rest.size());
        request.method.assign(method.data(), method.size());
        request.rawPath = rest.substr(0, question);
        request.query = rest.substr(std::min(question + 1, rest.size()));
        isHttp10 = version < 11;
    }

    void on_field_impl(field name, beast::string_view text, beast::string_view value, error_code& ec) override {
        if (is_header_done()) {
            return; // a trailer: nobody here knows any
        }
        if (name == field::transfer_encoding && !beast::iequals(value, "chunked")) {
            return refuse(501, "No other transfer encoding than chunked is known here.", ec);
        }
        if (name == field::transfer_encoding && isHttp10) {
            return refuse(400, "HTTP/1.0 knows no transfer encoding.", ec);
        }
        if (name == field::expect && !beast::iequals(value, "100-continue")) {
            return refuse(417, "No other expectation than 100-continue is met here.", ec);
        }
        m_hosts += name == field::host ? 1 : 0;
        awaitsContinue = awaitsContinue || (name == field::expect && !isHttp10);
        request.headers.emplace_back(std::string_view(text.data(), text.size()),
                                     std::string_view(value.data(), value.size()));
    }

    void on_header_impl(error_code& ec) override {
        if (m_hosts > 1 || (m_hosts == 0 && !isHttp10)) {
            refuse(400, "A request of HTTP/1.1 names its host, once.", ec);
        }
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        if (length && !dropsBody) {
            // Not more than has come, or nearly so: a length is only a promise.
            request.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, kBodyBuffer)));
        }
    }

    std::size_t on_body_impl(beast::string_view part, error_code&) override {
        if (!dropsBody) {
            request.body.append(part.data(), part.size());
        }
        return part.size();
    }

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view part, error_code& ec) override {
        return on_body_impl(part, ec);
    }

    void on_response_impl(int, beast::string_view, int, error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    int m_hosts = 0;
};

struct RequestReader::State {
    ReadLimits limits;
    std::optional<Parser> parser;
    std::vector<char> buffer = std::vector<char>(kIdleBuffer);
    std::size_t begin = 0, end = 0; ///< of what isn't parsed yet
    std::size_t headerBytes = 0;
    bool toldHead = false;
    Refusal refused;

    Step refuse(Refusal why) {
        refused = why;
        return Step::Refused;
    }
    void skipBlankLines() {
        while (!parser->got_some() && begin < end && (buffer[begin] == '\r' || buffer[begin] == '\n')) {
            ++begin;
        }
    }
    [[nodiscard]] std::size_t bufferMax() const { return std::max<std::size_t>(limits.headerBytes, kBodyBuffer); }
};

RequestReader::RequestReader(const ReadLimits& limits)
    : m_state(std::make_unique<State>()) {
    m_state->limits = limits;
    m_state->parser.emplace(limits);
}

RequestReader::~RequestReader() = default;

std::span<char> RequestReader::room() {
    auto& [limits, parser, buffer, begin, end, headerBytes, toldHead, refused] = *m_state;
    if (begin == end) {
        begin = end = 0;
    }
    const auto wanted = parser->is_header_done() && !parser->is_done() ? kBodyBuffer : kIdleBuffer;
    if (end == 0 && buffer.size() != wanted) {
        buffer = std::vector<char>(wanted);
    } else if (begin > 0) {
        std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(begin),
                  buffer.begin() + static_cast<std::ptrdiff_t>(end), buffer.begin());
        end -= begin;
        begin = 0;
    }
    if (end == buffer.size()) {
        buffer.resize(std::min(buffer.size() * 2, m_state->bufferMax()));
    }
    return std::span(buffer).subspan(end);
}

void RequestReader::received(std::size_t bytes) {
    m_state->end += bytes;
}

RequestReader::Step RequestReader::next() {
    auto& state = *m_state;
    auto& parser = *state.parser;
    if (state.refused.status != 0) {
        return Step::Refused;
    }
    state.skipBlankLines();
    while (true) {
        if (parser.is_header_done() && !state.toldHead) {
            state.toldHead = true;
            return Step::Head;
        }
        if (parser.is_done()) {
            return Step::Whole;
        }
        if (isTooLittle(parser, state.end - state.begin)) {
            return Step::NeedsMore;
        }
        const bool inHeader = !parser.is_header_done();
        error_code ec;
        const auto taken = parser.put({state.buffer.data() + state.begin, state.end - state.begin}, ec);
        state.begin += taken;
        state.headerBytes += inHeader ? taken : 0;
        const bool isHalf = ec == error::need_more;
        if (ec && !isHalf) {
            return state.refuse(parser.refusal.status != 0 ? parser.refusal : refusalOf(ec));
        }
        // Beast bounds the piece of the headers that it looks at, not their sum.
        const auto headerPart = state.headerBytes + (isHalf ? state.end - state.begin : 0);
        if (inHeader && headerPart > state.limits.headerBytes) {
            return state.refuse(refusalOf(error::header_limit));
        }
        if (isHalf) {
            // Only a line between two chunks can fill the buffer without an end.
            return state.end - state.begin < state.bufferMax() ? Step::NeedsMore : state.refuse(refusalOf(ec));
        }
    }
}

HttpRequest& RequestReader::request() {
    return m_state->parser->request;
}

HttpRequest RequestReader::take() {
    auto request = std::move(m_state->parser->request);
    m_state->parser.emplace(m_state->limits);
    m_state->headerBytes = 0;
    m_state->toldHead = false;
    return request;
}

void RequestReader::dropBody() {
    m_state->parser->dropsBody = true;
    std::string().swap(m_state->parser->request.body);
}

bool RequestReader::hasBegun() const {
    return m_state->parser->got_some() || m_state->begin < m_state->end;
}

bool RequestReader::isKeepAlive() const {
    return m_state->parser->keep_alive();
}

bool RequestReader::isHttp10() const {
    return m_state->parser->isHttp10;
}

bool RequestReader::awaitsContinue() const {
    const auto& parser = *m_state->parser;
    return parser.awaitsContinue && !parser.is_done() && m_state->begin == m_state->end;
}

int RequestReader::status() const {
    return m_state->refused.status;
}

std::string_view RequestReader::sentence() const {
    return m_state->refused.sentence;
}

} // namespace meshbone::backbone::http
