// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace meshbone::test {

/// One run of the real meshctl: what it said and how it ended.
struct MeshctlRun {
    int status = -1;
    QString output, errors;

    [[nodiscard]] bool isDone() const { return status == 0; }
    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(output.toUtf8()); }
    [[nodiscard]] QJsonObject object() const { return json().object(); }
    [[nodiscard]] QJsonArray array() const { return json().array(); }
    /// All that it said, for a failure's message.
    [[nodiscard]] QString said() const { return QStringLiteral("status %1\n%2%3").arg(status).arg(output, errors); }
};

/// Runs it and waits for its end. A hang is the test's own time limit.
inline MeshctlRun runMeshctl(const QString& program, const QStringList& words) {
    QProcess process;
    process.start(program, words);
    process.waitForFinished(-1);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

} // namespace meshbone::test
