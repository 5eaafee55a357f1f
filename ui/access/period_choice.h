// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/choice.h"

#include <catalog/access_period.h>

#include <QWidget>

#include <optional>

class QLineEdit;

namespace meshbone::ui {

/// Over how much of what was seen something is tried: the last days, or from a time to another. Value type.
struct SeenPeriod {
    std::optional<int> days;
    catalog::EvidencePeriod span; ///< where it isn't the last days

    static SeenPeriod lastDays(int days) { return {days, {}}; }
    [[nodiscard]] catalog::EvidencePeriod at(TimestampMs nowMs) const;
    /// "the last 7 days", "2027-03-01 00:00 to 2027-03-08 12:00", within a sentence.
    [[nodiscard]] QString words() const;
};

/// The last days to choose from, as the data of each choice. The caller owns it.
Choice* periodChoice(const QString& accessibleName, int usualDays);

/// The same, or a beginning and an end that are typed, in the window's zone; either may stay empty.
class PeriodField : public QWidget {
    Q_OBJECT
public:
    /// Its choice has the object name `name`, the typed times that with From and To behind it.
    /// Below one another where there is little room at the side.
    PeriodField(const QString& accessibleName, int usualDays, const QString& name,
                Qt::Orientation direction = Qt::Horizontal, QWidget* parent = nullptr);
    /// Fails with a sentence where what is typed isn't a time, or the period ends before it begins.
    [[nodiscard]] Result<SeenPeriod> period() const;

signals:
    void changed();

private:
    QLineEdit* addTime(const QString& title, const QString& name);

    Choice* m_days = nullptr;
    QLineEdit* m_from = nullptr;
    QLineEdit* m_to = nullptr;
};

} // namespace meshbone::ui
