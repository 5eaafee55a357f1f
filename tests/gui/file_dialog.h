// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QDeadlineTimer>
#include <QFileDialog>
#include <QLineEdit>
#include <QTimer>

namespace meshbone::test {

/// Answers the file dialog that opens next, within some seconds, with a path. The dialogs must be Qt's own
/// (AA_DontUseNativeDialogs).
inline void answerFileDialog(const QString& path, QDeadlineTimer until = QDeadlineTimer(20'000)) {
    QTimer::singleShot(0, [path, until] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (dialog == nullptr) {
            if (until.hasExpired()) { // else it would answer one that opens for something else
                qWarning("No file dialog was opened.");
            } else {
                QTimer::singleShot(10, [path, until] { answerFileDialog(path, until); });
            }
            return;
        }
        dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(path);
        QMetaObject::invokeMethod(dialog, "accept");
    });
}

} // namespace meshbone::test
