// SPDX-License-Identifier: Apache-2.0
// Basic authentication: by the clock, and through the server.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "raw_http.h"

#include "http/logins.h"

#include <backbone/base64.h>

#include <atomic>
#include <thread>
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using http::Logins;
using http::WrongLogins;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Outcome = Logins::Outcome;

namespace {

std::string basic(const std::string& credentials) {
    return "Authorization: Basic " + toBase64(credentials) + "\r\n";
}

/// Who knows ann and bob, and counts how often he is asked.
struct Porter {
    std::atomic<int> asked{0};
    HttpAuthenticator authenticator() {
        return [this](const std::string& user, const std::string& password) -> std::optional<std::string> {
            ++asked;
            const bool isRight = (user == "ann" && password == "se:cret") || (user == "bob" && password.empty());
            return isRight ? std::optional("User:" + user) : std::nullopt;
        };
    }
};

HttpRequest with(const std::string& authorization) {
    HttpRequest request;
    request.headers = {{"Accept", "a"}, {"authorization", authorization}, {"X", "b"}};
    request.remoteAddress = "127.0.0.1";
    return request;
}

Logins::Verdict checked(Logins& logins, const std::string& credentials, Logins::Clock::time_point now) {
    auto request = with("Basic " + toBase64(credentials));
    return logins.check(request, now);
}

} // namespace

class LoginsTest : public QObject {
    Q_OBJECT

private slots:
    void aLoginIsRememberedForAWhile() {
        Porter porter;
        Logins logins(porter.authenticator(), seconds(60), milliseconds(100));
        const Logins::Clock::time_point start;
        QCOMPARE(checked(logins, "ann:se:cret", start).principal, std::string("User:ann"));
        QCOMPARE(checked(logins, "ann:se:cret", start + seconds(59)).principal, std::string("User:ann"));
        QCOMPARE(porter.asked.load(), 1);
        QVERIFY(checked(logins, "ann:se:cret", start + seconds(60)).outcome == Outcome::In);
        QCOMPARE(porter.asked.load(), 2);
        QVERIFY(checked(logins, "ann:wrong", start + seconds(61)).outcome == Outcome::Wrong);
        QCOMPARE(porter.asked.load(), 3);
        QVERIFY(checked(logins, "ann:se:cret", start + seconds(62)).outcome == Outcome::In);
        QCOMPARE(porter.asked.load(), 3); // a wrong one doesn't push the right one out
        logins.forget();
        QVERIFY(checked(logins, "ann:se:cret", start + seconds(63)).outcome == Outcome::In);
        QCOMPARE(porter.asked.load(), 4);
    }

    void whatIsKnownIsBounded() {
        int asked = 0;
        Logins logins(
            [&](const std::string& user, const std::string&) {
                ++asked;
                return std::optional(user);
            },
            seconds(60), milliseconds(100));
        Logins::Clock::time_point now;
        for (std::size_t i = 0; i < Logins::kKnownMax + 1; ++i) {
            now += milliseconds(1);
            checked(logins, std::to_string(i) + ":x", now);
        }
        asked = 0;
        checked(logins, "1:x", now);
        checked(logins, std::to_string(Logins::kKnownMax) + ":x", now);
        QCOMPARE(asked, 0);
        checked(logins, "0:x", now);
        QCOMPARE(asked, 1);
    }

    void forgettingWhileItIsVerified() {
        Logins* self = nullptr;
        int asked = 0;
        Logins logins(
            [&](const std::string& user, const std::string&) {
                if (++asked == 1) {
                    self->forget();
                }
                return std::optional(user);
            },
            seconds(60), milliseconds(100));
        self = &logins;
        checked(logins, "ann:x", {});
        checked(logins, "ann:x", {});
        checked(logins, "ann:x", {});
        QCOMPARE(asked, 2);
    }

    void headersOfAllKinds() {
        Porter porter;
        Logins logins(porter.authenticator(), seconds(60), milliseconds(100));
        const auto outcome = [&](const std::string& header) {
            auto request = with(header);
            const auto verdict = logins.check(request, {});
            return request.headers.size() == 2 ? verdict.outcome : Outcome::TooMany; // a password goes no further
        };
        QVERIFY(outcome("Basic " + toBase64("bob:")) == Outcome::In);
        QVERIFY(outcome("bAsIc  " + toBase64("bob:")) == Outcome::In);
        const int asked = porter.asked;
        for (const std::string header :
             {"", "Basic", "Basic ", "Basic !!!", "Bearer abc", "Basic YQ==", "Basic Ym9iOg"}) {
            QVERIFY(outcome(header) == Outcome::Missing);
        }
        QCOMPARE(porter.asked.load(), asked);
    }

    void guessingGetsSlower() {
        WrongLogins wrong(milliseconds(100));
        WrongLogins::Clock::time_point now;
        for (const int delay : {100, 200, 400, 800, 1'600, 2'000, 2'000}) {
            QCOMPARE(wrong.add("a", now).delay, milliseconds(delay));
        }
        QCOMPARE(wrong.add("b", now).delay, milliseconds(100));
        QCOMPARE(wrong.add("a", now + seconds(61)).delay, milliseconds(100));
        std::vector<WrongLogins::Wait> waiting;
        for (int i = 0; i < WrongLogins::kWaitingMax; ++i) {
            QVERIFY(!wrong.isBusy("a"));
            waiting.push_back(wrong.add("a", now));
        }
        QVERIFY(wrong.isBusy("a") && !wrong.isBusy("b"));
        waiting.pop_back();
        QVERIFY(!wrong.isBusy("a"));
        for (int i = 0; i < 5'000; ++i) {
            wrong.add(std::to_string(i), now + milliseconds(i));
        }
    }

    void throughTheServer() {
        Porter porter;
        HttpServerOptions options;
        options.authenticator = porter.authenticator();
        options.wrongLoginDelay = milliseconds(5);
        const auto server = serve(
            [](const HttpRequest& request, HttpReply reply) {
                reply.send({200, "", request.principal + (request.header("Authorization") ? " leaked" : "")});
            },
            options);
        HttpWire client(server->port());
        const auto missing = client.get("/");
        QCOMPARE(missing.status, 401);
        QVERIFY(missing.has("\r\nWWW-Authenticate: Basic realm=\"Schema Registry\"\r\n"));
        QCOMPARE(porter.asked.load(), 0);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(client.get("/", basic("ann:se:cret")).body, std::string("User:ann"));
        }
        QCOMPARE(porter.asked.load(), 1);
        server->forgetLogins();
        QCOMPARE(client.get("/", basic("ann:se:cret")).status, 200);
        QCOMPARE(porter.asked.load(), 2);
        QCOMPARE(client.get("/", basic("ann:wrong")).status, 401);
        const auto lost =
            client.ask("POST / HTTP/1.1\r\nHost: h\r\n" + basic("eve:x") + "Content-Length: 5\r\n\r\nhello");
        QCOMPARE(lost.status, 401); // its body is read, and the connection goes on
        QCOMPARE(client.get("/", basic("bob:")).body, std::string("User:bob"));
        QCOMPARE(client.ask("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n").status,
                 401);
        QVERIFY(client.isClosed());
    }

    void guessingOnManyConnections() {
        Porter porter;
        HttpServerOptions options;
        options.authenticator = porter.authenticator();
        options.wrongLoginDelay = milliseconds(3'000);
        const auto server = serve(
            [](const HttpRequest& request, HttpReply reply) {
                reply.send({200, "", request.principal});
            },
            options);
        HttpWire ann(server->port());
        QCOMPARE(ann.get("/", basic("ann:se:cret")).status, 200);
        std::vector<std::unique_ptr<HttpWire>> guessers;
        for (int i = 0; i < WrongLogins::kWaitingMax; ++i) {
            guessers.push_back(std::make_unique<HttpWire>(server->port()));
            guessers.back()->sendBytes("GET / HTTP/1.1\r\nHost: h\r\n" + basic("ann:" + std::to_string(i)) + "\r\n");
        }
        QTRY_COMPARE(porter.asked.load(), 1 + WrongLogins::kWaitingMax);
        HttpWire another(server->port());
        const auto refused = another.get("/", basic("ann:guess"));
        QVERIFY(refused.status == 429 && refused.has("\r\nRetry-After: 1\r\n"));
        QCOMPARE(ann.get("/", basic("ann:se:cret")).status, 200); // who is known notices nothing
        QCOMPARE(porter.asked.load(), 1 + WrongLogins::kWaitingMax);
    }
};

QTEST_GUILESS_MAIN(LoginsTest)
#include "logins_test.moc"
