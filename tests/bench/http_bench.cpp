// SPDX-License-Identifier: Apache-2.0
// http_bench [seconds] [connections]: the HTTP server with a router of a registry's size, asked for small answers over
// connections that are kept, by a client in a process of its own: each connection asks again as soon as it is answered.
// In plain text, with a login, and with 1 KiB sent along. One line of JSON.
#include "http_asker.h"

#include <backbone/base64.h>
#include <backbone/http_router.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace meshbone;
using namespace meshbone::backbone;

Router registryRouter() {
    Router router;
    for (const auto* pattern :
         {"config", "config/{subject}", "mode", "mode/{subject}", "contexts", "schemas", "schemas/types",
          "schemas/ids/{id}", "schemas/ids/{id}/schema", "schemas/ids/{id}/subjects", "schemas/ids/{id}/versions",
          "subjects", "subjects/{subject}", "subjects/{subject}/versions", "subjects/{subject}/versions/{version}",
          "subjects/{subject}/versions/{version}/schema", "subjects/{subject}/versions/{version}/referencedby",
          "compatibility/subjects/{subject}/versions", "compatibility/subjects/{subject}/versions/{version}"}) {
        for (const auto* method : {"GET", "POST", "PUT", "DELETE"}) {
            router.add(method, pattern, [](const HttpRequest&, const RouteValues& values, HttpReply reply) {
                reply.send({200, "application/vnd.schemaregistry.v1+json",
                            R"({"schema":"\"string\"","subject":")" + std::string(values["subject"]) + "\"}"});
            });
        }
    }
    return router;
}

/// The client's process. Writes its figures to `into`.
void ask(std::uint16_t port, int connections, double seconds, const std::string& request, int into) {
    const auto figures = bench::askFor(port, connections, seconds, [&](std::size_t) { return request; });
    std::_Exit(::write(into, &figures, sizeof figures) == sizeof figures ? 0 : 1);
}

/// Forks before the server has its threads.
std::string measure(const char* name, int connections, double seconds, const std::string& request, bool withLogin) {
    std::array<int, 2> port{};
    std::array<int, 2> result{};
    if (::pipe(port.data()) != 0 || ::pipe(result.data()) != 0) {
        return "";
    }
    const auto client = ::fork();
    if (client == 0) {
        std::uint16_t number = 0;
        if (::read(port[0], &number, sizeof number) == sizeof number) {
            ask(number, connections, seconds, request, result[1]);
        }
        std::_Exit(1);
    }
    ::close(result[1]);
    HttpServerOptions options;
    if (withLogin) {
        options.authenticator = [](const std::string& user, const std::string&) { return std::optional(user); };
    }
    auto server = HttpServer::start(options, [router = registryRouter()](HttpRequest request, HttpReply reply) {
        router.serve(std::move(request), std::move(reply));
    });
    const std::uint16_t number = server ? (*server)->port() : std::uint16_t{0};
    rusage before{};
    ::getrusage(RUSAGE_SELF, &before);
    bench::AskedFigures figures;
    const bool isDone = ::write(port[1], &number, sizeof number) == sizeof number &&
                        ::read(result[0], &figures, sizeof figures) == sizeof figures;
    rusage after{};
    ::getrusage(RUSAGE_SELF, &after);
    ::waitpid(client, nullptr, 0);
    const auto us = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
    };
    const auto cpu = us(after.ru_utime) + us(after.ru_stime) - us(before.ru_utime) - us(before.ru_stime);
    return fmt::format(R"("{0}_per_s":{1:.0f},"{0}_p50_ms":{2:.2f},"{0}_p99_ms":{3:.2f},"{0}_server_us":{4:.1f})", name,
                       isDone ? figures.perSecond : -1, figures.p50Ms, figures.p99Ms,
                       cpu / std::max(figures.perSecond * seconds, 1.0));
}

} // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
    const int connections = argc > 2 ? std::atoi(argv[2]) : 100;
    const std::string get = "GET /subjects/orders%2Fpaid-value/versions/3 HTTP/1.1\r\nHost: localhost:8081\r\n"
                            "Accept: application/vnd.schemaregistry.v1+json\r\nUser-Agent: bench\r\n";
    const std::string login = "Authorization: Basic " + toBase64("ann:secret") + "\r\n";
    const std::string post = "POST /subjects/orders-value/versions HTTP/1.1\r\nHost: localhost:8081\r\n"
                             "Content-Type: application/json\r\nContent-Length: 1024\r\n\r\n" +
                             std::string(1'024, 'x');
    const auto plain = measure("get", connections, seconds, get + "\r\n", false);
    const auto known = measure("login", connections, seconds, get + login + "\r\n", true);
    const auto sent = measure("post", connections, seconds, post, false);
    fmt::print("{{\"bench\":\"http\",\"connections\":{},\"seconds\":{},{},{},{}}}\n", connections, seconds, plain,
               known, sent);
    return 0;
}
