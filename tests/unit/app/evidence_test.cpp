// SPDX-License-Identifier: Apache-2.0
// `meshctl evidence verify` as a stranger uses it: the program, a file, and nothing else.
#include <QtTest>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace {

struct Run {
    int status = -1;
    QString out, errors;
};

/// With an empty home and no backbone anywhere.
Run verify(const QString& file, const QStringList& more = {}) {
    QTemporaryDir home;
    QProcess meshctl;
    meshctl.setEnvironment({QStringLiteral("HOME=%1").arg(home.path()), QStringLiteral("LC_ALL=C.UTF-8")});
    meshctl.start(QStringLiteral(MESHCTL),
                  QStringList{QStringLiteral("evidence"), QStringLiteral("verify"), file} + more);
    meshctl.waitForFinished(30'000);
    return {meshctl.exitStatus() == QProcess::NormalExit ? meshctl.exitCode() : -1,
            QString::fromUtf8(meshctl.readAllStandardOutput()), QString::fromUtf8(meshctl.readAllStandardError())};
}

} // namespace

class EvidenceTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    const QString m_file = QStringLiteral(EVIDENCE "/topic.jsonl");

private slots:
    void aFileIsCheckedWithoutTheSystem() {
        const Run run = verify(m_file);
        QVERIFY2(run.status == 0, qPrintable(run.out + run.errors));
        QVERIFY(run.out.contains(QStringLiteral("Genuine: about topic flights.v1, made by ada")));
        QVERIFY(run.out.contains(QStringLiteral("3 entries of the period, 9 to decide them by, 6 of which only")));
        const Run json = verify(m_file, {QStringLiteral("--json")});
        QVERIFY(json.out.contains(QStringLiteral("\"genuine\":true")));
    }

    void oneOtherByteIsFoundWithItsLine() {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto bytes = file.readAll();
        const auto at = bytes.indexOf("because", bytes.indexOf("grant.revoke"));
        QVERIFY(at > 0);
        const auto line = bytes.left(at).count('\n') + 1;
        bytes[at] = 'B';
        QFile changed(m_folder.filePath(QStringLiteral("changed.jsonl")));
        QVERIFY(changed.open(QIODevice::WriteOnly) && changed.write(bytes) == bytes.size());
        changed.close();
        const Run run = verify(changed.fileName());
        QCOMPARE(run.status, 1);
        QVERIFY2(run.out.contains(QStringLiteral("line %1: The line isn't the one that was sealed.").arg(line)),
                 qPrintable(run.out));
        QVERIFY(run.errors.contains(QStringLiteral("isn't what was made")));
        QCOMPARE(verify(changed.fileName(), {QStringLiteral("--json")}).status, 1);
    }

    void whatIsNotThereOrNoEvidenceIsSaid() {
        QCOMPARE(verify(m_folder.filePath(QStringLiteral("nowhere"))).status, 1);
        const Run run = verify(QStringLiteral(MESHCTL));
        QCOMPARE(run.status, 1);
        QVERIFY(run.errors.contains(QStringLiteral("isn't what was made")));
    }
};

QTEST_GUILESS_MAIN(EvidenceTest)
#include "evidence_test.moc"
