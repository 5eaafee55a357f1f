// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/meshctl_checks.h"

#include "local_backbone.h"

#include <catalog/registry_client.h>

#include <QTemporaryDir>

namespace meshbone::test {

inline const QString kMeshctl = QStringLiteral(MESHCTL);

/// `meshctl serve` on a folder of its own, on one port from its first start on.
class ServedMeshctl {
public:
    explicit ServedMeshctl(bool withSchemas)
        : m_withSchemas(withSchemas) {}
    ~ServedMeshctl() { stop(); }

    void start() {
        QStringList words{"serve", "--listen", m_listen, "--data", m_folder.path()};
        if (m_withSchemas) {
            words << "--schemas" << m_schemas;
        }
        m_process.start(kMeshctl, words);
        QVERIFY(QTest::qWaitFor([&] { return m_process.canReadLine(); }, 60'000));
        access = app::readAccess(data()).value();
        m_listen = QString::fromStdString(access.bootstrap);
        m_schemas = QString::fromStdString(access.schemas).remove(QStringLiteral("http://"));
        (void)m_process.readAllStandardOutput();
    }
    void stop() {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.terminate();
            m_process.waitForFinished(60'000);
        }
    }
    [[nodiscard]] std::string data() const { return m_folder.path().toStdString(); }
    [[nodiscard]] MeshctlRun run(QStringList words) const {
        return runMeshctl(kMeshctl, words << "--data" << m_folder.path());
    }
    [[nodiscard]] std::unique_ptr<catalog::SchemaRegistry> registry() const {
        return catalog::openRegistry(
                   {.baseUrl = access.schemas, .user = access.user, .password = access.password, .caFile = {}})
            .value();
    }
    [[nodiscard]] std::unique_ptr<backbone::Producer> producer() const {
        return backbone::openProducer(app::profileOf(access, "loader"), {}).value();
    }
    [[nodiscard]] QJsonArray violations() const { return run({"schema", "violations", "--json"}).array(); }

    app::LocalAccess access;

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    bool m_withSchemas;
    QString m_listen = QStringLiteral("127.0.0.1:0"), m_schemas = QStringLiteral("127.0.0.1:0");
};

} // namespace meshbone::test
