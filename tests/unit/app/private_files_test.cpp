// SPDX-License-Identifier: Apache-2.0
// What a served backbone keeps, as another account of the machine sees it.
#include "support/served_mesh.h"

#include <QtTest>

#include <filesystem>

using namespace meshbone;
using namespace meshbone::test;
using std::filesystem::perms;

class PrivateFilesTest : public QObject {
    Q_OBJECT

private slots:
    void onlyTheCertificateIsForOthersToRead() {
        const ServedMesh mesh(QStringLiteral(MESHCTL));
        mesh.ask("r-1"); // a ledger, requests and ACLs
        const auto root = std::filesystem::path(mesh.path(QStringLiteral("data")).toStdString());
        constexpr auto kReadOrWrite = perms::group_read | perms::group_write | perms::others_read | perms::others_write;
        int files = 0, certificates = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
            const auto open = entry.status().permissions() & kReadOrWrite;
            if (entry.path().filename() == "ca.pem") {
                certificates += (open & perms::others_read) != perms::none ? 1 : 0;
                continue;
            }
            ++files;
            QVERIFY2(open == perms::none, entry.path().c_str());
        }
        QVERIFY(files > 10);
        qInfo("%d files and folders, %d certificates", files, certificates);
    }
};

QTEST_GUILESS_MAIN(PrivateFilesTest)
#include "private_files_test.moc"
