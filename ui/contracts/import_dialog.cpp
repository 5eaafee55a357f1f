// SPDX-License-Identifier: Apache-2.0
#include "contracts/import_dialog.h"

#include "widgets/button.h"
#include "widgets/format.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace meshbone::ui {

Result<std::string> readContractFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::Io,
                    ImportDialog::tr("“%1” can't be read: %2.").arg(path, file.errorString()).toStdString());
    }
    const auto bytes = file.read(static_cast<qint64>(catalog::kMaxAgreedContractBytes) + 1);
    if (bytes.size() > static_cast<qsizetype>(catalog::kMaxAgreedContractBytes)) {
        return fail(ErrorCode::InvalidArgument, ImportDialog::tr("“%1” is longer than %2, which the ledger takes.")
                                                    .arg(path, formatBytes(catalog::kMaxAgreedContractBytes))
                                                    .toStdString());
    }
    return bytes.toStdString();
}

ImportDialog::ImportDialog(PageContext& context, const catalog::ContractSubject& here, QWidget* parent)
    : ContractDialog(context, here, tr("Import a Contract for %1").arg(text(here.name)),
                     tr("YAML by the Open Data Contract Standard, or for a product by the Open Data Product Standard. "
                        "It is kept byte for byte; nothing is agreed before the verb is pressed."),
                     parent) {
    setObjectName(QStringLiteral("contractImport"));
    m_path = new QLineEdit(this);
    m_path->setObjectName(QStringLiteral("contractFile"));
    m_path->setPlaceholderText(contractFileName(here, here.product ? catalog::ContractKind::DataProduct
                                                                   : catalog::ContractKind::DataContract));
    auto* choose = new Button(tr("Browse…"), ButtonKind::Plain, this);
    choose->setObjectName(QStringLiteral("contractBrowse"));
    top()->insertLayout(0, labelled(tr("File"), m_path), 1);
    top()->insertWidget(1, choose, 0, Qt::AlignBottom);
    connect(choose, &Button::clicked, this, &ImportDialog::browse);
    connect(m_path, &QLineEdit::textChanged, this, &ImportDialog::watch);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ImportDialog::watch);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &ImportDialog::seeFolder);
    m_path->setFocus();
    reviewNow();
}

QString ImportDialog::path() const {
    return m_path->text().trimmed();
}

ContractDialog::Source ImportDialog::source() const {
    const auto from = path();
    return from.isEmpty() ? Source() : Source([from] { return readContractFile(from); });
}

/// Looks again, and at the file that has the name now: an editor may have put another one in its place.
void ImportDialog::watch() {
    if (const auto watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty()) {
        m_watcher.removePaths(watched);
    }
    const QFileInfo file(path());
    if (file.isFile()) {
        m_watcher.addPaths({file.absoluteFilePath(), file.absolutePath()});
    }
    reviewSoon();
}

/// The file is back: it isn't watched any more since it was replaced or deleted.
void ImportDialog::seeFolder() {
    if (m_watcher.files().isEmpty() && QFileInfo::exists(path())) {
        watch();
    }
}

void ImportDialog::browse() {
    const auto chosen =
        QFileDialog::getOpenFileName(this, tr("Import a Contract"), path(), tr("YAML (*.yaml *.yml);;All files (*)"));
    if (!chosen.isEmpty()) {
        m_path->setText(chosen);
    }
}

} // namespace meshbone::ui
