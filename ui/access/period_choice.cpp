// SPDX-License-Identifier: Apache-2.0
#include "access/period_choice.h"

#include <QCoreApplication>

namespace meshbone::ui {

Choice* periodChoice(const QString& accessibleName, int usualDays) {
    auto* choice = new Choice(accessibleName);
    for (const int days : {1, 7, 30, 90}) {
        choice->addItem(QCoreApplication::translate("PeriodChoice", "%n day(s)", nullptr, days), days);
    }
    choice->setCurrentIndex(choice->findData(usualDays));
    return choice;
}

} // namespace meshbone::ui
