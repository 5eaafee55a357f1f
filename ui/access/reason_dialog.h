// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/dialog.h"

class QPlainTextEdit;

namespace meshbone::ui {

/// Asks for the reason of something that must have one. Not modal; goes by itself.
class ReasonDialog : public Dialog {
    Q_OBJECT
public:
    ReasonDialog(const QString& title, const QString& sentence, const QString& verb, QWidget* parent);

signals:
    void given(const QString& reason); ///< not empty

private:
    void send();
    QPlainTextEdit* m_reason = nullptr;
};

} // namespace meshbone::ui
