// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contracts/contract_dialog.h"

#include <QFileSystemWatcher>

namespace meshbone::ui {

/// The text of a file that may be a contract, byte for byte. Blocks. Fails with Io, or InvalidArgument where it is too
/// long for one.
Result<std::string> readContractFile(const QString& path);

/// A contract from a file. What is corrected in an editor meanwhile is looked at again.
class ImportDialog : public ContractDialog {
    Q_OBJECT
public:
    ImportDialog(PageContext& context, const catalog::ContractSubject& here, QWidget* parent);

protected:
    [[nodiscard]] Source source() const override;
    [[nodiscard]] QString whyNothing() const override { return tr("Choose a file first."); }

private:
    void browse();
    void watch();
    void seeFolder();
    [[nodiscard]] QString path() const;
    QLineEdit* m_path = nullptr;
    QFileSystemWatcher m_watcher;
};

} // namespace meshbone::ui
