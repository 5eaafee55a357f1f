// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include <backbone/http_path.h>

#include "http/url.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#endif

using namespace meshbone;
using namespace meshbone::backbone;

class PathTest : public QObject {
    Q_OBJECT

private slots:
    void paths_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("segments"); // joined by "|"; "!" where it is refused
        const auto row = [](const QByteArray& path, const QByteArray& segments) {
            QTest::newRow(path.constData()) << path << segments;
        };
        row("/", "");
        row("/subjects", "subjects");
        row("/subjects/", "subjects");
        row("/subjects//", "subjects|");
        row("//versions", "|versions");
        row("/subjects/a%2Fb/versions", "subjects|a/b|versions");
        row("/subjects/a%2fb", "subjects|a/b");
        row("/subjects/:.ctx:name", "subjects|:.ctx:name");
        row("/subjects/%3A.ctx%3Aname", "subjects|:.ctx:name");
        row("/a+b%2Bc%20d", "a+b+c d");
        row("/%2e%2e/./..", "..|.|..");
        row("/%25", "%");
        row("/%2525", "%25");
        row("/%C3%A4%e2%82%ac%F0%9F%90%88", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\x88");
        row("/a;b=c,d", "a;b=c,d");
        for (const auto* bad : {"",
                                "a",
                                "a/b",
                                "/%",
                                "/%2",
                                "/%2/",
                                "/%zz",
                                "/%2g",
                                "/%-1",
                                "/%+1",
                                "/a/%/b",
                                "/%00",
                                "/%ff",
                                "/%c3",
                                "/%c0%80",
                                "/%e0%80%80",
                                "/%ed%a0%80",
                                "/%f4%90%80%80",
                                "/%f5%80%80%80",
                                "/%80",
                                "/%e2%82",
                                "/%c3/%a4"}) {
            QTest::newRow(bad) << QByteArray(bad) << QByteArray("!");
        }
    }
    void paths() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, segments);
        const auto split = splitPath(path.toStdString());
        QCOMPARE(split ? QByteArray::fromStdString(fmt::format("{}", fmt::join(*split, "|"))) : QByteArray("!"),
                 segments);
        QVERIFY(split || split.error().code == ErrorCode::InvalidArgument);
    }

    void queries_data() {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("parameters"); // joined by "|"; "!" where it is refused
        const auto row = [](const QByteArray& query, const QByteArray& parameters) {
            QTest::newRow(query.constData()) << query << parameters;
        };
        row("", "");
        row("a=1", "a=1");
        row("a=1&b=x+y%21&c", "a=1|b=x y!|c=");
        row("&&a=1&&", "a=1");
        row("a=b=c", "a=b=c");
        row("a%3Db=%26%2B", "a=b=&+");
        row("=x", "=x");
        row("a=%C3%A4", "a=\xc3\xa4");
        for (const auto* bad : {"a=%", "%=a", "a=%4", "a=%zz", "a=%ff", "a=%00", "x=1&a=%"}) {
            row(bad, "!");
        }
    }
    void queries() {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, parameters);
        const auto parsed = parseQuery(query.toStdString());
        std::vector<std::string> all;
        for (const auto& [name, value] : parsed ? parsed->parameters : HttpQuery().parameters) {
            all.push_back(name + "=" + value);
        }
        QCOMPARE(parsed ? QByteArray::fromStdString(fmt::format("{}", fmt::join(all, "|"))) : QByteArray("!"),
                 parameters);
    }

    void parametersAreFound() {
        const auto query = parseQuery("deleted=true&flag&deleted=false").value();
        QVERIFY(query.find("deleted") == "true" && query.find("flag") == "" && !query.find("other"));
    }

    void segmentsAreEncoded() {
        for (const std::string text : {"plain-1.0_~", "a/b c", ":.ctx:", "100%", "\xc3\xa4&?#+"}) {
            const auto raw = encodeSegment(text);
            QCOMPARE(splitPath("/" + raw).value(), std::vector{text});
            QVERIFY(parseQuery("q=" + raw).value().find("q") == text);
        }
        QCOMPARE(encodeSegment("a/b \xc3\xa4"), std::string("a%2Fb%20%C3%A4"));
        QCOMPARE(encodeSegment("aZ09-._~"), std::string("aZ09-._~"));
    }

    void urls_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("parts"); // TLS host port prefix authority; "!" where it is refused
        const auto row = [](const QByteArray& text, const QByteArray& parts) {
            QTest::newRow(text.constData()) << text << parts;
        };
        row("http://localhost:8081", "false localhost 8081 '' localhost:8081");
        row("HTTPS://registry.example/", "true registry.example 443 '' registry.example");
        row("http://here/a/b//", "false here 80 '/a/b' here");
        row("https://[::1]:8081/x", "true ::1 8081 '/x' [::1]:8081");
        row("http://[::1]", "false ::1 80 '' [::1]");
        for (const auto* bad : {"", "here", "ftp://here", "http://", "http://:80", "http://a:0", "http://a:65536",
                                "http://a:x", "http://a:", "http://u:p@a", "http://a?b", "http://a/#b", "http://a b",
                                "http://a\r\nX: y", "http://[::1", "http://a]:80"}) {
            row(bad, "!");
        }
    }
    void urls() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, parts);
        const auto url = http::parseUrl(text.toStdString());
        QCOMPARE(url ? QByteArray::fromStdString(fmt::format("{} {} {} '{}' {}", url->isTls, url->host, url->port,
                                                             url->prefix, url->authority()))
                     : QByteArray("!"),
                 parts);
    }
};

QTEST_GUILESS_MAIN(PathTest)
#include "path_test.moc"
