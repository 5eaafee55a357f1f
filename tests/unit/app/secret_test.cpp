// SPDX-License-Identifier: Apache-2.0
#include "secret_file.h"

#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

using namespace meshbone;
using namespace meshbone::app;

class SecretTest : public QObject {
    Q_OBJECT

private slots:
    void onlyItsOwnerMayReadIt() {
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.filePath("secret").toStdString());
        QVERIFY(writePrivateFile(path, "one"));
        QVERIFY(writePrivateFile(path, "two"));
        struct stat info {};
        QCOMPARE(::stat(path.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, mode_t{0600});
        QCOMPARE(readSmallFile(path).value(), std::string("two"));
    }

    void whatCanNotBeReadOrWrittenSaysWhy() {
        QTemporaryDir folder;
        const auto nowhere = std::filesystem::path(folder.filePath("none/secret").toStdString());
        QCOMPARE(writePrivateFile(nowhere, "x").error().code, ErrorCode::NotFound);
        QCOMPARE(readSmallFile(nowhere).error().code, ErrorCode::NotFound);
        const auto path = std::filesystem::path(folder.filePath("large").toStdString());
        QVERIFY(writePrivateFile(path, std::string(100, 'x')));
        QCOMPARE(readSmallFile(path, 99).error().code, ErrorCode::Corrupt);
    }
};

QTEST_GUILESS_MAIN(SecretTest)
#include "secret_test.moc"
