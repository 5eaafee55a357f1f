// SPDX-License-Identifier: Apache-2.0
// What the server does for clients that know what they do.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "raw_http.h"

#include "net/socket.h"
#include "support/tls_client.h"
#include "tls/authority.h"

#include <algorithm>
#include <deque>
#include <mutex>
#include <thread>
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using std::chrono::milliseconds;

class ServerTest : public QObject {
    Q_OBJECT

private slots:
    void aConnectionIsKept() {
        const auto server = serve();
        HttpWire client(server->port());
        for (const std::string path : {"/a", "/b%2Fc?x=1&y", "/"}) {
            const auto answer = client.get(path);
            QCOMPARE(answer.status, 200);
            QVERIFY(answer.has("\r\nContent-Type: text/plain\r\n") && answer.has("\r\nDate: ") &&
                    !answer.has("Connection"));
            const auto question = path.find('?') == std::string::npos ? "? " : " ";
            QCOMPARE(answer.body, "GET " + path + question);
        }
        QCOMPARE(server->connectionCount(), std::size_t{1});
        QVERIFY(client.get("/", "Connection: close\r\n").has("\r\nConnection: close\r\n"));
        QVERIFY(client.isClosed());
        QTRY_COMPARE(server->connectionCount(), std::size_t{0});
    }

    void requestsMayComeInOnePiece() {
        const auto server = serve();
        HttpWire client(server->port());
        std::string all;
        for (int i = 0; i < 500; ++i) {
            all += post("/" + std::to_string(i), "body" + std::to_string(i));
        }
        std::thread writer([&] { client.sendBytes(all); });
        for (int i = 0; i < 500; ++i) {
            const auto number = std::to_string(i);
            QCOMPARE(client.readAnswer().body, "POST /" + number + "? body" + number);
        }
        writer.join();
    }

    void requestsMayComeByteByByte() {
        const auto server = serve();
        HttpWire client(server->port());
        const std::string chunked = " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (const char byte : "\r\n" + post("/slow", "hello") + post("/again", "") + "PUT /none" + chunked +
                                   "0\r\n\r\n" + "PUT /some" + chunked + "2\r\nhi\r\n0\r\nX: y\r\n\r\n") {
            client.sendBytes({&byte, 1});
        }
        QCOMPARE(client.readAnswer().body, std::string("POST /slow? hello"));
        QCOMPARE(client.readAnswer().body, std::string("POST /again? "));
        QCOMPARE(client.readAnswer().body, std::string("PUT /none? "));
        QCOMPARE(client.readAnswer().body, std::string("PUT /some? hi"));
    }

    void bodiesMayComeInChunks() {
        const auto server = serve();
        HttpWire client(server->port());
        const std::string head = "PUT /x HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n";
        QCOMPARE(client.ask(head + "5\r\nhello\r\n1;why=not\r\n,\r\n6\r\n world\r\n0\r\nTrailer: yes\r\n\r\n").body,
                 std::string("PUT /x? hello, world"));
        QCOMPARE(client.ask(head + "0\r\n\r\n").body, std::string("PUT /x? "));
        QCOMPARE(client.get("/still").body, std::string("GET /still? "));
    }

    void longBodiesAndAnswers() {
        const auto server = serve();
        HttpWire client(server->port());
        const std::string body(5U << 20, 'b');
        for (int i = 0; i < 3; ++i) {
            std::thread writer([&] { client.sendBytes(post("/long", body)); });
            const auto answer = client.readAnswer();
            writer.join();
            QVERIFY(answer.body == "POST /long? " + body);
        }
    }

    void whoAsksIsToldToContinue() {
        const auto server = serve();
        HttpWire client(server->port());
        const auto first =
            client.ask("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-Continue\r\n\r\n");
        QCOMPARE(first.status, 100);
        QCOMPARE(client.ask("body").body, std::string("POST /x? body"));
        QCOMPARE(client.ask("GET / HTTP/1.1\r\nHost: h\r\nExpect: wonders\r\n\r\n").status, 417);
    }

    void headGetsNoBody() {
        const auto server = serve();
        HttpWire client(server->port());
        const auto answer = client.ask("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n", true);
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.has("\r\nContent-Length: 9\r\n"));
        QCOMPARE(client.get("/next").body, std::string("GET /next? "));
    }

    void http10IsSpokenToo() {
        const auto server = serve();
        HttpWire kept(server->port());
        for (int i = 0; i < 2; ++i) {
            const auto answer = kept.ask("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            QCOMPARE(answer.body, std::string("GET /old? "));
            QVERIFY(answer.has("\r\nConnection: keep-alive\r\n"));
        }
        QVERIFY(kept.ask("GET /old HTTP/1.0\r\n\r\n").has("\r\nConnection: close\r\n"));
        QVERIFY(kept.isClosed());
    }

    void aProxysSpellingOfTheAddress() {
        const auto server = serve();
        HttpWire client(server->port());
        QCOMPARE(client.ask("GET http://here:8081/a?b=c HTTP/1.1\r\nHost: here\r\n\r\n").body,
                 std::string("GET /a?b=c "));
    }

    void headersAreFoundInAnyCase() {
        const auto server = serve([](const HttpRequest& request, HttpReply reply) {
            HttpResponse response{201, "",
                                  std::string(request.header("aCCept").value_or("none")) + request.remoteAddress};
            response.headers = {{"X-Good", "yes"}, {"X-Bad", "a\r\nSet-Cookie: b"}, {"X Bad", "c"}};
            reply.send(std::move(response));
        });
        HttpWire client(server->port());
        const auto answer = client.get("/", "Accept:  json \r\n");
        QCOMPARE(answer.body, std::string("json127.0.0.1"));
        QVERIFY(answer.has("HTTP/1.1 201 Created\r\n") && answer.has("\r\nX-Good: yes\r\n") && !answer.has("Bad") &&
                !answer.has("Cookie") && !answer.has("Content-Type"));
    }

    void statusesWithoutABody() {
        const auto server = serve([](const HttpRequest& request, HttpReply reply) {
            reply.send({request.rawPath == "/204" ? 204 : 99, "text/plain", "text"});
        });
        HttpWire client(server->port());
        const auto none = client.get("/204");
        QVERIFY(none.status == 204 && none.body.empty() && !none.has("Content-"));
        QCOMPARE(client.get("/99").status, 500);
    }

    void answersMayComeLater() {
        std::mutex lock;
        std::deque<std::pair<std::string, HttpReply>> open;
        const auto server = serve([&](HttpRequest request, HttpReply reply) {
            const std::scoped_lock guard(lock);
            open.emplace_back(request.rawPath, std::move(reply));
        });
        std::vector<std::unique_ptr<HttpWire>> clients;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(std::make_unique<HttpWire>(server->port()));
            clients.back()->sendBytes("GET /" + std::to_string(i) +
                                      " HTTP/1.1\r\nHost: h\r\n\r\nGET /second HTTP/1.1\r\nHost: h\r\n\r\n");
        }
        const auto taken = [&] {
            const std::scoped_lock guard(lock);
            return open.size();
        };
        QTRY_COMPARE(taken(), std::size_t{20}); // a connection's second request waits for its first
        for (int round = 0; round < 2; ++round) {
            std::vector<std::thread> threads;
            for (int i = 0; i < 4; ++i) {
                threads.emplace_back([&] {
                    for (int j = 0; j < 5; ++j) {
                        std::unique_lock guard(lock);
                        auto [path, reply] = std::move(open.front());
                        open.pop_front();
                        guard.unlock();
                        reply.send({200, "", path});
                        reply.send({200, "", "twice"});
                    }
                });
            }
            for (auto& thread : threads) {
                thread.join();
            }
            for (int i = 0; i < 20; ++i) {
                QCOMPARE(clients[static_cast<std::size_t>(i)]->readAnswer().body,
                         round == 0 ? "/" + std::to_string(i) : std::string("/second"));
            }
            if (round == 0) {
                QTRY_COMPARE(taken(), std::size_t{20});
            }
        }
    }

    void aDroppedReplyIs500() {
        const auto server = serve([](const HttpRequest& request, const HttpReply&) {
            if (request.rawPath == "/throw") {
                throw std::runtime_error("a bug");
            }
        });
        HttpWire client(server->port());
        for (const auto* path : {"/", "/throw", "/"}) {
            const auto answer = client.get(path);
            QCOMPARE(answer.status, 500);
            QVERIFY(answer.body.starts_with("{\"error_code\":500,\"message\":\""));
        }
    }

    void aHandlerThatTakesTooLong() {
        std::mutex lock;
        std::vector<HttpReply> open;
        HttpServerOptions options;
        options.answer = milliseconds(30);
        const auto server = serve(
            [&](const HttpRequest&, HttpReply reply) {
                const std::scoped_lock guard(lock);
                open.push_back(std::move(reply));
            },
            options);
        HttpWire client(server->port());
        QCOMPARE(client.get("/").status, 503);
        QVERIFY(client.isClosed());
        const std::scoped_lock guard(lock);
        open.front().send({200, "", "too late"});
    }

    void stopLeavesNothingOpen() {
        std::mutex lock;
        std::vector<HttpReply> open;
        auto server = serve([&](const HttpRequest&, HttpReply reply) {
            const std::scoped_lock guard(lock);
            open.push_back(std::move(reply));
        });
        HttpWire asking(server->port());
        asking.sendBytes("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        HttpWire idle(server->port());
        HttpWire halfway(server->port());
        halfway.sendBytes("GET / HT");
        QTRY_COMPARE(server->connectionCount(), std::size_t{3});
        const auto answered = [&] {
            const std::scoped_lock guard(lock);
            return open.size();
        };
        QTRY_COMPARE(answered(), std::size_t{1});
        const auto begun = std::chrono::steady_clock::now();
        server->stop();
        server->stop();
        QVERIFY(std::chrono::steady_clock::now() - begun < std::chrono::seconds(2));
        QVERIFY(asking.isClosed() && idle.isClosed() && halfway.isClosed());
        open.front().send({200, "", "too late"});
        server.reset();
        open.clear();
    }

    void portsAndAddresses() {
        HttpServerOptions options;
        const auto first = serve();
        options.port = first->port();
        const auto taken = HttpServer::start(options, echo);
        QVERIFY(!taken && taken.error().code == ErrorCode::Locked);
        HttpWire six(first->port(), true);
        QCOMPARE(six.get("/six").body, std::string("GET /six? "));
        options.port = 0;
        options.host = "0.0.0.0";
        const auto open = HttpServer::start(options, echo);
        QVERIFY(!open && open.error().code == ErrorCode::InvalidArgument);
        options.anyAddress = true;
        const auto told = serve(echo, options);
        QCOMPARE(HttpWire(told->port()).get("/").status, 200);
        options.host = "somewhere.invalid";
        QVERIFY(HttpServer::start(options, echo).error().code == ErrorCode::InvalidArgument);
    }

    void theSameInTls() {
        const auto now = std::time(nullptr);
        const auto authority = tls::Authority::make(now).value();
        const auto identity = authority.serverIdentity({"localhost", "127.0.0.1"}, now).value();
        const auto chain = tls::pemOf(identity.chain.front().get());
        HttpServerOptions options;
        options.tls = httpTls(tls::pemOf(identity.key.get()), chain).value();
        QVERIFY(httpTls(authority.keyPem(), chain).error().code == ErrorCode::InvalidArgument);
        options.arrival = milliseconds(300);
        const auto server = serve(echo, options);
        TlsWishes wishes;
        wishes.trustedPem = authority.certificatePem();
        for (const int newest : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            wishes.newest = newest;
            RawHttp<TlsClient> client(server->port(), wishes);
            QCOMPARE(client.get("/a").body, std::string("GET /a? "));
            const std::string body(1U << 20, 'b');
            client.sendBytes(post("/long", body));
            QVERIFY(client.readAnswer().body == "POST /long? " + body);
            QCOMPARE(client.get("/b", "Connection: close\r\n").status, 200);
            QVERIFY(client.isClosed());
        }
        HttpWire plain(server->port());
        plain.sendBytes("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QCOMPARE(plain.readAnswer().status, 0);
        HttpWire silent(server->port());
        QVERIFY(silent.isClosed());
        QTRY_COMPARE(server->connectionCount(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(ServerTest)
#include "server_test.moc"
