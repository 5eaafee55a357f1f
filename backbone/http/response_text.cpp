// SPDX-License-Identifier: Apache-2.0
#include "http/response_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace meshbone::backbone::http {

namespace {

std::string_view reasonOf(int status) {
    static constexpr std::array<std::pair<int, std::string_view>, 28> kReasons{{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    }};
    const auto found = std::ranges::find(kReasons, status, [](const auto& reason) { return reason.first; });
    return found == kReasons.end() ? std::string_view("Unknown") : found->second;
}

bool isToken(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

/// Whoever puts a line break into a value would write headers, or a whole answer, of their own.
bool isSendable(std::string_view value) {
    return std::ranges::none_of(
        value, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; });
}

void addLine(std::string& head, std::string_view name, std::string_view value) {
    if (isSendable(value)) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}

} // namespace

std::string httpDate(std::time_t time) {
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays.at(static_cast<std::size_t>(parts.tm_wday)),
                       parts.tm_mday, kMonths.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string headOf(HttpResponse& response, After after, std::time_t now) {
    if (response.status < 200 || response.status > 599) {
        response.status = 500;
    }
    const bool hasNoBody = response.status == 204 || response.status == 304;
    if (hasNoBody) {
        response.body.clear();
    }
    thread_local std::pair<std::time_t, std::string> date; // most answers of a busy server fall into the same second
    if (date.first != now) {
        date = {now, httpDate(now)};
    }
    std::string head;
    head.reserve(256);
    fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                   reasonOf(response.status), date.second);
    if (!response.contentType.empty() && !hasNoBody) {
        addLine(head, "Content-Type", response.contentType);
    }
    if (!hasNoBody) {
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", response.body.size());
    }
    if (after != After::KeepAlive) {
        addLine(head, "Connection", after == After::Close ? "close" : "keep-alive");
    }
    for (const auto& [name, value] : response.headers) {
        if (isToken(name)) {
            addLine(head, name, value);
        }
    }
    return head.append("\r\n");
}

} // namespace meshbone::backbone::http
