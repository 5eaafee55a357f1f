// SPDX-License-Identifier: Apache-2.0
#include <backbone/http_router.h>

#include "http/refusal.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace meshbone::backbone {

std::string_view RouteValues::operator[](std::string_view name) const {
    const auto found = std::ranges::find(m_values, name, [](const auto& value) { return value.first; });
    return found == m_values.end() ? std::string_view() : std::string_view(found->second);
}

void Router::add(std::string method, std::string_view pattern, Action action) {
    Route route{std::move(method), std::string(pattern), {}, std::move(action)};
    while (!pattern.empty()) {
        const auto end = std::min(pattern.find('/'), pattern.size());
        auto text = pattern.substr(0, end);
        const bool isName = text.size() > 2 && text.front() == '{' && text.back() == '}';
        text = isName ? text.substr(1, text.size() - 2) : text;
        route.segments.push_back({std::string(text), isName});
        pattern.remove_prefix(std::min(end + 1, pattern.size()));
    }
    m_routes.push_back(std::move(route));
}

bool Router::fits(const Route& route, const std::vector<std::string>& path) {
    return std::ranges::equal(route.segments, path, [](const Segment& segment, const std::string& text) {
        return segment.isName ? !text.empty() : segment.text == text;
    });
}

bool Router::isMoreLiteral(const Route& one, const Route& other) {
    return std::ranges::lexicographical_compare(one.segments, other.segments, {}, &Segment::isName, &Segment::isName);
}

RouteValues Router::valuesOf(const Route& route, std::vector<std::string>& path) {
    RouteValues values;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (route.segments[i].isName) {
            values.m_values.emplace_back(route.segments[i].text, std::move(path[i]));
        }
    }
    return values;
}

const Router::Route* Router::best(std::string_view method, const std::vector<std::string>& path) const {
    const Route* best = nullptr;
    for (const auto& route : m_routes) {
        if (route.method == method && fits(route, path) && (best == nullptr || isMoreLiteral(route, *best))) {
            best = &route;
        }
    }
    return best;
}

std::string Router::allowed(const std::vector<std::string>& path) const {
    std::set<std::string_view> methods;
    for (const auto& route : m_routes) {
        if (fits(route, path)) {
            methods.insert(route.method);
        }
    }
    if (methods.contains("GET")) {
        methods.insert("HEAD");
    }
    return fmt::format("{}", fmt::join(methods, ", "));
}

Router::Found Router::find(std::string_view method, std::string_view rawPath) const {
    Found found;
    auto path = splitPath(rawPath);
    if (!path) {
        found.status = 400;
        found.sentence = path.error().message;
        return found;
    }
    const auto* route = best(method, *path);
    if (route == nullptr && method == "HEAD") {
        route = best("GET", *path);
    }
    if (route != nullptr) {
        found.status = 200;
        found.action = &route->action;
        found.pattern = route->pattern;
        found.values = valuesOf(*route, *path);
        return found;
    }
    found.allow = allowed(*path);
    if (found.allow.empty()) {
        found.sentence = fmt::format("There is nothing at {}.", rawPath);
    } else {
        found.status = 405;
        found.sentence = fmt::format("{} is not served at {}, but {}.", method, rawPath, found.allow);
    }
    return found;
}

void Router::serve(HttpRequest request, HttpReply reply) const {
    auto found = find(request.method, request.rawPath);
    if (found.status == 200) {
        (*found.action)(std::move(request), found.values, std::move(reply));
        return;
    }
    auto refusal =
        m_refusal ? m_refusal(found.status, found.sentence, request) : http::refusal(found.status, found.sentence);
    if (found.status == 405) {
        refusal.headers.emplace_back("Allow", std::move(found.allow));
    }
    reply.send(std::move(refusal));
}

} // namespace meshbone::backbone
