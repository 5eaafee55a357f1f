// SPDX-License-Identifier: Apache-2.0
#include "access/new_id.h"

#include <QRandomGenerator>

namespace meshbone::ui {

std::string newRequestId() {
    const auto bits = QRandomGenerator::system()->generate64();
    return QStringLiteral("request-%1").arg(bits, 16, 16, QLatin1Char('0')).toStdString();
}

} // namespace meshbone::ui
