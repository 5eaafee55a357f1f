// SPDX-License-Identifier: Apache-2.0
#include "access/end_dialog.h"

#include "access/until_field.h"
#include "widgets/button.h"
#include "widgets/format.h"

#include <QLineEdit>

namespace meshbone::ui {

EndDialog::EndDialog(const QString& title, const QString& sentence, const QString& verb, bool destructive,
                     QWidget* parent)
    : Dialog(title, sentence, parent) {
    setObjectName(QStringLiteral("endDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_until = new UntilField;
    addField(tr("Ends"), m_until);
    m_why = new QLineEdit;
    m_why->setObjectName(QStringLiteral("why"));
    addField(tr("Why"), m_why, tr("Kept in the ledger beside the change; may stay empty."));
    auto* button = addVerb(verb, destructive);
    button->setObjectName(QStringLiteral("endVerb"));
    connect(button, &QPushButton::clicked, this, &EndDialog::send);
}

void EndDialog::setUntil(TimestampMs untilMs) {
    if (untilMs >= 0) {
        m_until->setUntil(untilMs);
    }
}

void EndDialog::send() {
    const auto until = m_until->until();
    if (!until) {
        sayError(text(until.error().message));
        return;
    }
    emit given(*until, m_why->text().trimmed());
    accept();
}

} // namespace meshbone::ui
