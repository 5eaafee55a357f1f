// SPDX-License-Identifier: Apache-2.0
#include <backbone/http.h>

#include "http/header_name.h"
#include "http/refusal.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

std::optional<std::string_view> headerIn(const HttpHeaders& headers, std::string_view name) {
    const auto found =
        std::ranges::find_if(headers, [&](const auto& header) { return http::sameName(header.first, name); });
    return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

HttpReply& HttpReply::operator=(HttpReply&& other) noexcept {
    if (this != &other) {
        const HttpReply unanswered(std::exchange(m_deliver, std::exchange(other.m_deliver, nullptr)));
    }
    return *this;
}

HttpReply::~HttpReply() {
    if (m_deliver) {
        send(http::refusal(500, "The request was given up without an answer."));
    }
}

void HttpReply::send(HttpResponse response) {
    if (auto deliver = std::exchange(m_deliver, nullptr)) {
        deliver(std::move(response));
    }
}

HttpResponse http::refusal(int status, std::string_view sentence) {
    auto body = fmt::format(R"({{"error_code":{},"message":")", status);
    for (const char c : sentence) {
        const auto octet = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            body.append({'\\', c});
        } else if (octet < 0x20 || octet > 0x7E) {
            body += '?'; // nothing but ASCII comes here, unless a client's own words are repeated
        } else {
            body += c;
        }
    }
    return {status, "application/json", body + "\"}"};
}

} // namespace meshbone::backbone
