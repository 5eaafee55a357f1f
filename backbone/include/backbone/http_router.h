// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/http.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshbone::backbone {

/// What the "{name}" of a route's pattern stand for in one request, decoded. Value type.
class RouteValues {
public:
    /// Empty where the pattern has no such name; a value itself is never empty.
    [[nodiscard]] std::string_view operator[](std::string_view name) const;

private:
    friend class Router;
    std::vector<std::pair<std::string_view, std::string>> m_values; ///< names are the router's
};

/// Finds who serves a request by its method and path. Knows no sockets. Set up by one thread; serve() and find() may be
/// called by any thread from then on, as far as the actions may. It outlives the calls.
///
/// A pattern is segments with slashes between: "subjects/{subject}/versions/{version}". A name in braces takes any one
/// segment that isn't empty; where several patterns fit, the one that is literal further to the left is taken. HEAD is
/// served by GET's route where it has none of its own.
class Router {
public:
    using Action = std::function<void(HttpRequest request, const RouteValues& values, HttpReply reply)>;
    /// The answer to what no route serves: 404; 405 (the router adds "Allow"); or 400, where the path is malformed.
    using Refusal = std::function<HttpResponse(int status, const std::string& sentence, const HttpRequest& request)>;

    void add(std::string method, std::string_view pattern, Action action);
    void setRefusal(Refusal refusal) { m_refusal = std::move(refusal); }

    /// Calls the action that fits, or answers with a refusal.
    void serve(HttpRequest request, HttpReply reply) const;

    struct Found {
        int status = 404;               ///< 200, 404, 405 or 400
        const Action* action = nullptr; ///< with 200; the router's
        RouteValues values;             ///< with 200
        std::string pattern;            ///< with 200: the route's, for counters and logs
        std::string allow;              ///< with 405: "GET, HEAD, POST"
        std::string sentence;           ///< with anything else than 200
    };
    [[nodiscard]] Found find(std::string_view method, std::string_view rawPath) const;

private:
    struct Segment {
        std::string text; ///< the literal, or the name
        bool isName = false;
    };
    struct Route {
        std::string method;
        std::string pattern;
        std::vector<Segment> segments;
        Action action;
    };
    static bool fits(const Route& route, const std::vector<std::string>& path);
    static bool isMoreLiteral(const Route& one, const Route& other);
    [[nodiscard]] const Route* best(std::string_view method, const std::vector<std::string>& path) const;
    [[nodiscard]] std::string allowed(const std::vector<std::string>& path) const;
    static RouteValues valuesOf(const Route& route, std::vector<std::string>& path);

    std::vector<Route> m_routes;
    Refusal m_refusal;
};

} // namespace meshbone::backbone
