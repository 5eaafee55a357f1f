// SPDX-License-Identifier: Apache-2.0
#include "profiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

using namespace meshbone;
using namespace meshbone::app;

namespace {

backbone::KnownCluster cluster(const std::string& name) {
    backbone::KnownCluster known;
    auto& profile = known.profile;
    profile.name = name;
    profile.bootstrap = "kafka.example:9092";
    profile.securityProtocol = "SASL_PLAINTEXT";
    profile.saslMechanism = "SCRAM-SHA-512";
    profile.user = "ada";
    profile.password = "s3cret \"word\"";
    return known;
}

} // namespace

class ProfilesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_data;

    [[nodiscard]] QString file() const { return QString::fromStdString(profilesFile(m_data).string()); }
    void write(const QByteArray& content) const {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(content);
    }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_data = m_folder->filePath("data").toStdString();
    }

    void withoutAFileThereIsTheEmbeddedOne() {
        const auto list = readProfiles(m_data).value();
        QVERIFY(list.clusters.empty());
        QCOMPARE(list.lastUsed, std::string("embedded"));
    }

    void whatIsSavedComesBackWhole() {
        auto saved = cluster("Prod EU");
        saved.production = true;
        saved.registry = {"https://registry.example:8081", "ada", "there", "/ca.pem"};
        saved.profile.properties = {{"socket.keepalive.enable", "false"}};
        QVERIFY(saveProfile(m_data, saved));
        const auto found = profileNamed(m_data, "Prod EU").value();
        const auto &back = found.profile, &profile = saved.profile;
        QCOMPARE(back.bootstrap, profile.bootstrap);
        QCOMPARE(back.securityProtocol, profile.securityProtocol);
        QCOMPARE(back.saslMechanism, profile.saslMechanism);
        QCOMPARE(back.user, profile.user);
        QCOMPARE(back.password, profile.password);
        QVERIFY(back.properties == profile.properties);
        QVERIFY(found.production);
        QVERIFY(found.registry == saved.registry);
        struct stat info {};
        QCOMPARE(::stat(profilesFile(m_data).c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, mode_t{0600});
    }

    void savingReplacesTheOneOfItsName() {
        QVERIFY(saveProfile(m_data, cluster("one")));
        auto changed = cluster("one");
        changed.profile.bootstrap = "other:9093";
        QVERIFY(saveProfile(m_data, changed));
        QVERIFY(saveProfile(m_data, cluster("another")));
        const auto list = readProfiles(m_data).value();
        QCOMPARE(list.clusters.size(), 2U);
        QCOMPARE(list.clusters[1].profile.bootstrap, std::string("other:9093"));
    }

    void namesThatCanNotBe_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("words");
        QTest::newRow("none") << ""
                              << "needs a name";
        QTest::newRow("no letter") << "—"
                                   << "needs a name";
        QTest::newRow("long") << QString(65, u'x') << "at most 64";
        QTest::newRow("embedded") << "Embedded"
                                  << "embedded backbone's";
        QTest::newRow("same folder") << "prod (eu)"
                                     << "Prod EU";
    }
    void namesThatCanNotBe() {
        QFETCH(QString, name);
        QFETCH(QString, words);
        QVERIFY(saveProfile(m_data, cluster("Prod EU")));
        const auto saved = saveProfile(m_data, cluster(name.toStdString()));
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(saved.error().message.find(words.toStdString()) != std::string::npos, saved.error().message.c_str());
        QCOMPARE(readProfiles(m_data).value().clusters.size(), 1U);
    }

    void whatCanNotWorkIsRefused() {
        auto wrong = cluster("x");
        wrong.profile.user.clear();
        QCOMPARE(saveProfile(m_data, wrong).error().code, ErrorCode::InvalidArgument);
        wrong = cluster("x");
        wrong.profile.properties = {{"no.such.property", "1"}};
        QVERIFY(saveProfile(m_data, wrong).error().message.find("no.such.property") != std::string::npos);
        QVERIFY(!QFile::exists(file()));
    }

    void theLastUsedIsRememberedAsLongAsItIsThere() {
        QVERIFY(saveProfile(m_data, cluster("one")));
        QVERIFY(rememberProfile(m_data, "never made"));
        QCOMPARE(readProfiles(m_data).value().lastUsed, std::string("embedded"));
        QVERIFY(rememberProfile(m_data, "one"));
        QCOMPARE(readProfiles(m_data).value().lastUsed, std::string("one"));
        QVERIFY(removeProfile(m_data, "one"));
        QCOMPARE(readProfiles(m_data).value().lastUsed, std::string("embedded"));
        QCOMPARE(removeProfile(m_data, "one").error().code, ErrorCode::NotFound);
        const auto none = profileNamed(m_data, "one");
        QVERIFY(!none && none.error().code == ErrorCode::NotFound);
    }

    void aFileThatIsNotOursIsLeftAlone() {
        QVERIFY(saveProfile(m_data, cluster("one")));
        for (const auto* content : {"", "{", "[]", R"({"profiles":[{"name":7}]})", R"({"profiles":7})"}) {
            write(content);
            QCOMPARE(readProfiles(m_data).error().code, ErrorCode::Corrupt);
            QCOMPARE(saveProfile(m_data, cluster("two")).error().code, ErrorCode::Corrupt);
            QFile in(file());
            QVERIFY(in.open(QIODevice::ReadOnly));
            QCOMPARE(in.readAll(), QByteArray(content));
        }
    }

    void aFileThatOthersCouldReadIsClosed() {
        QVERIFY(saveProfile(m_data, cluster("one")));
        QVERIFY(::chmod(profilesFile(m_data).c_str(), 0644) == 0);
        QVERIFY(readProfiles(m_data));
        struct stat info {};
        QCOMPARE(::stat(profilesFile(m_data).c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, mode_t{0600});
    }
};

QTEST_GUILESS_MAIN(ProfilesTest)
#include "profiles_test.moc"
