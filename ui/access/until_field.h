// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <QWidget>

class QLineEdit;

namespace meshbone::ui {

class Choice;

/// When something ends: in so many days, on a day that is typed, or never. The day counts to its end, in the window's
/// zone.
class UntilField : public QWidget {
    Q_OBJECT
public:
    explicit UntilField(QWidget* parent = nullptr);
    void setUntil(TimestampMs untilMs); ///< catalog::kNoEnd: never
    /// Fails with a sentence where the day isn't one, or is past.
    [[nodiscard]] Result<TimestampMs> until() const;

signals:
    void changed();

private:
    void showDay();
    Choice* m_span = nullptr;
    QLineEdit* m_day = nullptr;
};

} // namespace meshbone::ui
