// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/dialog.h"

#include <backbone/types.h>

class QLineEdit;

namespace meshbone::ui {

class UntilField;

/// Asks when something ends, and why. Not modal; goes by itself.
class EndDialog : public Dialog {
    Q_OBJECT
public:
    EndDialog(const QString& title, const QString& sentence, const QString& verb, bool destructive, QWidget* parent);
    void setUntil(TimestampMs untilMs);

signals:
    void given(qint64 untilMs, const QString& why);

private:
    void send();
    UntilField* m_until = nullptr;
    QLineEdit* m_why = nullptr;
};

} // namespace meshbone::ui
