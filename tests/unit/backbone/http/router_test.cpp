// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include <backbone/http_router.h>
#endif

using namespace meshbone;
using namespace meshbone::backbone;

namespace {

/// Each route answers with its own pattern and what its names stand for.
Router exampleRouter() {
    Router router;
    const auto add = [&](const std::string& method, const std::string& pattern) {
        router.add(method, pattern, [method, pattern](const HttpRequest&, const RouteValues& values, HttpReply reply) {
            std::string text = method + " " + pattern;
            for (const auto* name : {"subject", "version", "id"}) {
                if (!values[name].empty()) {
                    text += " " + std::string(name) + "=" + std::string(values[name]);
                }
            }
            reply.send({200, "", text});
        });
    };
    add("GET", "");
    add("GET", "subjects");
    add("POST", "subjects/{subject}");
    add("GET", "subjects/{subject}/versions/{version}");
    add("GET", "subjects/{subject}/versions/latest");
    add("DELETE", "subjects/{subject}/versions/{version}");
    add("HEAD", "schemas/ids/{id}");
    add("GET", "schemas/ids/{id}");
    add("GET", "schemas/{id}/types");
    return router;
}

HttpResponse answerOf(const Router& router, const std::string& method, const std::string& path) {
    HttpResponse answer{0, "", ""};
    HttpRequest request;
    request.method = method;
    request.rawPath = path;
    router.serve(std::move(request), HttpReply([&](HttpResponse response) { answer = std::move(response); }));
    return answer;
}

} // namespace

class RouterTest : public QObject {
    Q_OBJECT

private slots:
    void routes_data() {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("answer");
        const auto row = [](const char* request, const char* answer) {
            QTest::newRow(request) << QString::fromLatin1(request) << QString::fromLatin1(answer);
        };
        row("GET /", "200 GET ");
        row("GET /subjects", "200 GET subjects");
        row("GET /subjects/", "200 GET subjects");
        row("HEAD /subjects", "200 GET subjects");
        row("POST /subjects/a%2Fb", "200 POST subjects/{subject} subject=a/b");
        row("GET /subjects/:.ctx:a/versions/3",
            "200 GET subjects/{subject}/versions/{version} subject=:.ctx:a version=3");
        row("GET /subjects/a/versions/latest", "200 GET subjects/{subject}/versions/latest subject=a");
        row("DELETE /subjects/a/versions/latest",
            "200 DELETE subjects/{subject}/versions/{version} subject=a version=latest");
        row("HEAD /schemas/ids/1", "200 HEAD schemas/ids/{id} id=1");
        row("GET /schemas/ids/types", "200 GET schemas/ids/{id} id=types");
        row("GET /schemas/x/types", "200 GET schemas/{id}/types id=x");
        row("PUT /subjects", "405 GET, HEAD");
        row("PUT /subjects/a/versions/1", "405 DELETE, GET, HEAD");
        row("GET /subjects/a", "405 POST");
        row("get /subjects", "405 GET, HEAD");
        row("GET /nothing", "404 ");
        row("GET /subjects//versions/1", "404 "); // no name stands for nothing
        row("GET /subjects/a/versions/1/more", "404 ");
        row("GET /Subjects", "404 ");
        row("GET /subjects/%", "400 ");
    }
    void routes() {
        QFETCH(QString, request);
        QFETCH(QString, answer);
        const auto parts = request.split(' ');
        const auto got = answerOf(exampleRouter(), parts[0].toStdString(), parts[1].toStdString());
        const auto detail = got.status == 200 ? got.body : std::string(headerIn(got.headers, "allow").value_or(""));
        QCOMPARE(QString::fromStdString(std::to_string(got.status) + " " + detail), answer);
        QVERIFY(got.status == 200 || got.body.starts_with("{\"error_code\":" + std::to_string(got.status)));
    }

    void refusalsMayBeWordedByTheService() {
        auto router = exampleRouter();
        router.setRefusal([](int status, const std::string& sentence, const HttpRequest& request) {
            return HttpResponse{status, "text/plain", request.method + ": " + sentence};
        });
        const auto missing = answerOf(router, "GET", "/x");
        QCOMPARE(missing.body, std::string("GET: There is nothing at /x."));
        const auto other = answerOf(router, "PUT", "/");
        QCOMPARE(other.status, 405);
        QVERIFY(headerIn(other.headers, "Allow") == "GET, HEAD");
        QCOMPARE(exampleRouter().find("DELETE", "/subjects/a/versions/1").pattern,
                 std::string("subjects/{subject}/versions/{version}"));
    }

    void repliesAreAnsweredOnce() {
        std::vector<int> said;
        const auto make = [&] {
            return HttpReply([&](const HttpResponse& response) { said.push_back(response.status); });
        };
        {
            auto reply = make();
            auto moved = std::move(reply);
            moved.send({200, "", ""});
            moved.send({201, "", ""});
            reply = make();
            reply = make(); // gives the one before up
        }
        QCOMPARE(said, (std::vector{200, 500, 500}));
        HttpReply().send({});
    }
};

QTEST_GUILESS_MAIN(RouterTest)
#include "router_test.moc"
