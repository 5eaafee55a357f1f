// SPDX-License-Identifier: Apache-2.0
#include "http/response_reader.h"

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

constexpr std::uint32_t kMaxHeaderBytes = 64U << 10;
constexpr std::size_t kBuffer = 64U << 10;
constexpr int kMaxInterim = 16;

std::unexpected<Error> problemOf(const error_code& problem) {
    if (problem == error::body_limit) {
        return fail(ErrorCode::Exhausted, "an answer that is too long");
    }
    if (problem == error::partial_message) {
        return fail(ErrorCode::Unavailable, "half an answer, and hung up");
    }
    return fail(ErrorCode::Corrupt, "an answer that is no HTTP");
}

} // namespace

class ResponseReader::Parser final : public beast::http::basic_parser<false> {
public:
    Parser(bool toHead, std::size_t maxBytes)
        : m_maxBytes(maxBytes) {
        header_limit(kMaxHeaderBytes);
        body_limit(maxBytes);
        skip(toHead);
    }

    HttpResponse response;

private:
    void on_response_impl(int status, beast::string_view, int, error_code&) override { response.status = status; }

    void on_field_impl(field name, beast::string_view text, beast::string_view value, error_code& ec) override {
        if (is_header_done()) {
            return; // a trailer: nobody here knows any
        }
        m_headerBytes += text.size() + value.size();
        if (m_headerBytes > kMaxHeaderBytes) {
            ec = error::header_limit;
            return;
        }
        if (name == field::transfer_encoding && !beast::iequals(value, "chunked")) {
            ec = error::bad_transfer_encoding;
            return;
        }
        if (name == field::content_type) {
            response.contentType.assign(value.data(), value.size());
        }
        response.headers.emplace_back(std::string_view(text.data(), text.size()),
                                      std::string_view(value.data(), value.size()));
    }

    std::size_t on_body_impl(beast::string_view part, error_code& ec) override {
        if (response.body.size() + part.size() > m_maxBytes) {
            ec = error::body_limit;
            return 0;
        }
        response.body.append(part.data(), part.size());
        return part.size();
    }

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view part, error_code& ec) override {
        return on_body_impl(part, ec);
    }

    void on_request_impl(beast::http::verb, beast::string_view, beast::string_view, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    std::size_t m_maxBytes;
    std::size_t m_headerBytes = 0;
};

struct ResponseReader::State {
    bool toHead = false;
    std::size_t maxBytes = 0;
    std::optional<Parser> parser;
    std::vector<char> buffer = std::vector<char>(kBuffer);
    std::size_t end = 0; ///< of what isn't parsed yet; it begins at the buffer's
    int interim = 0;

    [[nodiscard]] bool isInterim() const {
        return parser->is_done() && parser->response.status / 100 == 1 && parser->response.status != 101;
    }
};

ResponseReader::ResponseReader(bool toHead, std::size_t maxBytes)
    : m_state(std::make_unique<State>()) {
    m_state->toHead = toHead;
    m_state->maxBytes = maxBytes;
    m_state->parser.emplace(toHead, maxBytes);
}

ResponseReader::~ResponseReader() = default;

std::span<char> ResponseReader::room() {
    return std::span(m_state->buffer).subspan(m_state->end);
}

Status ResponseReader::received(std::size_t bytes) {
    auto& state = *m_state;
    state.end += bytes;
    std::size_t begin = 0;
    error_code problem;
    while (!isTooLittle(*state.parser, state.end - begin) && !problem && !isWhole()) {
        begin += state.parser->put({state.buffer.data() + begin, state.end - begin}, problem);
        if (!problem && state.isInterim()) {
            if (++state.interim > kMaxInterim) {
                return problemOf(error::bad_status);
            }
            state.parser.emplace(state.toHead, state.maxBytes);
        }
    }
    std::copy(state.buffer.begin() + static_cast<std::ptrdiff_t>(begin),
              state.buffer.begin() + static_cast<std::ptrdiff_t>(state.end), state.buffer.begin());
    state.end -= begin;
    // A buffer that is full of something half is a line without an end.
    const bool isHalf = problem == error::need_more && state.end < state.buffer.size();
    return !problem || isHalf ? Status() : problemOf(problem);
}

Status ResponseReader::ended() {
    error_code problem = error::partial_message;
    if (m_state->parser->got_some()) {
        m_state->parser->put_eof(problem);
    }
    return problem ? problemOf(problem) : Status();
}

bool ResponseReader::isWhole() const {
    return m_state->parser->is_done() && !m_state->isInterim();
}

bool ResponseReader::hasBegun() const {
    return m_state->parser->got_some() || m_state->interim > 0;
}

bool ResponseReader::isKeepAlive() const {
    // What came behind the answer wasn't asked for: who knows what it belongs to.
    return m_state->parser->keep_alive() && m_state->end == 0;
}

HttpResponse ResponseReader::take() {
    return std::move(m_state->parser->response);
}

} // namespace meshbone::backbone::http
