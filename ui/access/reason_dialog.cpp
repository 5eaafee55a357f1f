// SPDX-License-Identifier: Apache-2.0
#include "access/reason_dialog.h"

#include "widgets/button.h"

#include <QPlainTextEdit>
#include <QShortcut>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kReasonHeight = 72;
constexpr int kMostLetters = 2000;
} // namespace

ReasonDialog::ReasonDialog(const QString& title, const QString& sentence, const QString& verb, QWidget* parent)
    : Dialog(title, sentence, parent) {
    setObjectName(QStringLiteral("reasonDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_reason = new QPlainTextEdit;
    m_reason->setObjectName(QStringLiteral("reason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setTabChangesFocus(true);
    m_reason->setFixedHeight(kReasonHeight);
    addField(tr("Reason"), m_reason, tr("Kept in the ledger. Ctrl+Enter sends it."));
    auto* button = addVerb(verb, true);
    button->setObjectName(QStringLiteral("reasonVerb"));
    connect(button, &QPushButton::clicked, this, &ReasonDialog::send);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this), &QShortcut::activated, this,
            &ReasonDialog::send);
    m_reason->setFocus();
}

void ReasonDialog::send() {
    const auto reason = m_reason->toPlainText().trimmed();
    if (reason.isEmpty()) {
        sayError(tr("Say why: it stands in the ledger, and who is concerned sees it."));
        return;
    }
    if (reason.size() > kMostLetters) {
        sayError(tr("The reason is too long; %n letters are the most.", nullptr, kMostLetters));
        return;
    }
    emit given(reason);
    accept();
}

} // namespace meshbone::ui
