// SPDX-License-Identifier: Apache-2.0
// The client against the server, and against servers that do what they please.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "raw_http.h"

#include "support/scripted_server.h"
#include "tls/authority.h"
#include "tls/server_context.h"

#include <backbone/http_client.h>

#include <atomic>
#include <ctime>
#include <fstream>
#include <mutex>
#include <thread>
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using std::chrono::milliseconds;

namespace {

HttpClientOptions to(const HttpServer& server, const std::string& scheme = "http") {
    HttpClientOptions options;
    options.baseUrl = scheme + "://127.0.0.1:" + std::to_string(server.port());
    return options;
}

/// What a client makes of these bytes, sent after its request was read, before the server hangs up.
std::string told(const std::string& bytes, const std::string& method = "GET") {
    ScriptedServer server([&](int descriptor) {
        std::array<char, 4'096> request{};
        if (::recv(descriptor, request.data(), request.size(), 0) > 0) {
            ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        }
    });
    HttpClientOptions options;
    options.baseUrl = "http://" + server.bootstrap();
    HttpCall call;
    call.method = method;
    const auto answer = httpCall(options, call);
    return answer ? std::to_string(answer->status) + " " + answer->body
                  : std::string(errorCodeName(answer.error().code));
}

} // namespace

class ClientTest : public QObject {
    Q_OBJECT

private slots:
    void callsAndTheirAnswers() {
        const auto server = serve([](const HttpRequest& request, HttpReply reply) {
            HttpResponse response{request.method == "PUT" ? 409 : 200, "a/b",
                                  request.method + request.rawPath + "?" + request.query + " " + request.body + " " +
                                      std::string(request.header("content-type").value_or("-")) +
                                      std::string(request.header("accept").value_or("-"))};
            response.headers = {{"X-Y", "z"}};
            reply.send(std::move(response));
        });
        auto options = to(*server);
        options.baseUrl += "/base/";
        const auto client = HttpClient::make(options).value();
        const auto got = client->call({"GET", "/a%2Fb?c=d", "", "", {{"Accept", "json"}}}).value();
        QCOMPARE(got.body, std::string("GET/base/a%2Fb?c=d  -json"));
        QCOMPARE(got.contentType, std::string("a/b"));
        QVERIFY(headerIn(got.headers, "x-y") == "z");
        const std::string body(3U << 20, 'x');
        const auto put = client->call({"PUT", "/p", "c/d", body}).value();
        QVERIFY(put.status == 409 && put.body == "PUT/base/p? " + body + " c/d-");
        QVERIFY(client->call({"HEAD", "/h"}).value().body.empty());
        QCOMPARE(client->call({"POST", "/e"}).value().body, std::string("POST/base/e?  --"));
        QCOMPARE(server->connectionCount(), std::size_t{1}); // all on one connection
    }

    void manyThreadsAtOnce() {
        const auto server = serve();
        const auto client = HttpClient::make(to(*server)).value();
        std::atomic<int> right{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&, i] {
                for (int j = 0; j < 50; ++j) {
                    const auto path = "/" + std::to_string(i) + "-" + std::to_string(j);
                    const auto answer = client->call({"GET", path});
                    right += answer && answer->body == "GET " + path + "? " ? 1 : 0;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(right.load(), 400);
    }

    void aConnectionThatTheServerClosedIsReplaced() {
        HttpServerOptions idle;
        idle.idle = milliseconds(20);
        const auto server = serve(echo, idle);
        const auto client = HttpClient::make(to(*server)).value();
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(client->call({"POST", "/x", "", "y"}).value().body, std::string("POST /x? y"));
            QTRY_COMPARE(server->connectionCount(), std::size_t{0});
        }
    }

    void usersAndPasswords() {
        HttpServerOptions guarded;
        guarded.authenticator = [](const std::string& user, const std::string& password) {
            return user == "ann" && password == "se:cret" ? std::optional(user) : std::nullopt;
        };
        const auto server = serve(echo, guarded);
        auto options = to(*server);
        QCOMPARE(httpCall(options, {}).value().status, 401);
        options.user = "ann";
        options.password = "se:cret";
        QCOMPARE(httpCall(options, {}).value().status, 200);
        options.password = "wrong";
        QCOMPARE(httpCall(options, {}).value().status, 401);
        options.user = "a:b";
        QVERIFY(httpCall(options, {}).error().code == ErrorCode::InvalidArgument);
    }

    void securely() {
        const auto now = std::time(nullptr);
        const auto authority = tls::Authority::make(now).value();
        const auto identity = authority.serverIdentity({"127.0.0.1"}, now).value();
        tls::ServerSettings settings;
        settings.identity = &identity;
        HttpServerOptions secured;
        secured.tls = tls::ServerContext::make(settings).value();
        const auto server = serve(echo, secured);
        QTemporaryDir folder;
        const auto file = [&](const char* name, const std::string& pem) {
            const auto path = std::filesystem::path(folder.path().toStdString()) / name;
            std::ofstream(path) << pem;
            return path;
        };
        auto options = to(*server, "https");
        options.caFile = file("ca.pem", authority.certificatePem());
        const auto client = HttpClient::make(options).value();
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(client->call({"POST", "/x", "", std::string(100'000, 'y')}).value().status, 200);
        }
        QCOMPARE(server->connectionCount(), std::size_t{1});
        const auto refused = [](const HttpClientOptions& wrong) {
            const auto answer = httpCall(wrong, {});
            return answer ? "let in" : answer.error().message;
        };
        auto other = options;
        other.caFile = file("other.pem", tls::Authority::make(now).value().certificatePem());
        QVERIFY(refused(other).find("was not accepted") != std::string::npos);
        other.caFile.clear();
        QVERIFY(refused(other).find("was not accepted") != std::string::npos);
        other.caFile = "/nowhere/ca.pem";
        QVERIFY(refused(other).find("/nowhere/ca.pem") != std::string::npos);
        auto byName = options;
        byName.baseUrl = "https://localhost:" + std::to_string(server->port());
        QVERIFY(refused(byName).find("was not accepted") != std::string::npos);
        byName.checkHostName = false;
        QCOMPARE(refused(byName), std::string("let in"));
        QVERIFY(!httpCall(to(*server), {})); // plain text to TLS
    }

    void whoDoesNotAnswer() {
        std::mutex lock;
        std::vector<HttpReply> open;
        const auto server = serve([&](const HttpRequest&, HttpReply reply) {
            const std::scoped_lock guard(lock);
            open.push_back(std::move(reply));
        });
        const auto client = HttpClient::make(to(*server)).value();
        QVERIFY(client->call({}, {milliseconds(30), {}}).error().code == ErrorCode::Timeout);
        std::stop_source stop;
        std::thread canceller([&] {
            const auto asked = [&] {
                const std::scoped_lock guard(lock);
                return open.size() == 2;
            };
            while (!asked()) {
                std::this_thread::yield();
            }
            stop.request_stop();
        });
        QVERIFY(client->call({}, {std::chrono::seconds(60), stop.get_token()}).error().code == ErrorCode::Cancelled);
        canceller.join();
        const auto port = server->port();
        server->stop();
        HttpClientOptions gone;
        gone.baseUrl = "http://127.0.0.1:" + std::to_string(port);
        const auto refused = httpCall(gone, {});
        QVERIFY(refused.error().code == ErrorCode::Unavailable);
        QVERIFY(refused.error().message.find(std::to_string(port)) != std::string::npos);
    }

    void oddAnswers() {
        QCOMPARE(told("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), std::string("200 hi"));
        QCOMPARE(told("HTTP/1.1 200 OK\r\n\r\nuntil the end"), std::string("200 until the end"));
        QCOMPARE(told("HTTP/1.0 404\r\n\r\n"), std::string("corrupt"));
        QCOMPARE(told("HTTP/1.0 404 \r\n\r\n"), std::string("404 "));
        QCOMPARE(told("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"),
                 std::string("200 hi"));
        QCOMPARE(told("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 200 "
                      "OK\r\nContent-Length: 1\r\n\r\nx"),
                 std::string("200 x"));
        QCOMPARE(told("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HEAD"), std::string("200 "));
        QCOMPARE(told("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), std::string("unavailable"));
        QCOMPARE(told("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n"), std::string("unavailable"));
        QCOMPARE(told("HTTP/1.1 20"), std::string("unavailable"));
        QCOMPARE(told(""), std::string("unavailable"));
        QCOMPARE(told("SSH-2.0-OpenSSH\r\n"), std::string("corrupt"));
        QCOMPARE(told("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), std::string("exhausted"));
        QCOMPARE(told("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"), std::string("corrupt"));
        QCOMPARE(told("HTTP/1.1 200 OK\r\nX: " + std::string(200'000, 'x')), std::string("corrupt"));
        std::string endless;
        for (int i = 0; i < 20; ++i) {
            endless += "HTTP/1.1 102 Processing\r\n\r\n";
        }
        QCOMPARE(told(endless), std::string("corrupt"));
    }

    void callsThatCannotBeSent() {
        const auto server = serve();
        const auto refused = [&](HttpCall call) {
            const auto answer = httpCall(to(*server), call);
            return !answer && answer.error().code == ErrorCode::InvalidArgument;
        };
        QVERIFY(refused({"GET", "no-slash"}) && refused({"GET", "/a b"}) && refused({"GET", "/a\r\nX: y"}));
        QVERIFY(refused({"GE T", "/"}) && refused({"", "/"}) && refused({"GET", "/\xc3\xa4"}));
        QVERIFY(refused({"GET", "/", "", "", {{"X", "a\r\nY: b"}}}) && refused({"GET", "/", "", "", {{"X Y", "a"}}}));
        QVERIFY(refused({"POST", "/", "a\r\nb"}));
        HttpClientOptions nowhere;
        nowhere.baseUrl = "registry:8081";
        QVERIFY(httpCall(nowhere, {}).error().code == ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(ClientTest)
#include "client_test.moc"
