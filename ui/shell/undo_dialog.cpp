// SPDX-License-Identifier: Apache-2.0
#include "shell/undo_dialog.h"

#include "shell/diff_view.h"
#include "shell/ledger_words.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <QVBoxLayout>

namespace meshbone::ui {

UndoDialog::UndoDialog(const catalog::LedgerEntry& entry, const catalog::Undo& undo, const QString& rest,
                       QWidget* parent)
    : Dialog(tr("Undo “%1”").arg(entryTitle(entry)),
             tr("%1: entry #%2 of %3 is taken back by a new entry, which says this:")
                 .arg(text(entry.subject), formatCount(entry.number), formatTime(entry.timeMs)),
             parent) {
    setObjectName(QStringLiteral("undoDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* diff = new DiffView(this);
    diff->setObjectName(QStringLiteral("undoChanges"));
    diff->setChanges(undo.changes);
    content()->addWidget(diff);
    auto* then = new Label(undo.settings ? tr("The settings are put back on the backbone first.")
                                         : tr("Both entries stay, and the new one can be undone in turn."),
                           TextStyle::Secondary, Token::Text2, this);
    then->setWordWrap(true);
    content()->addWidget(then);
    if (!rest.isEmpty()) {
        auto* gone = new Label(rest, TextStyle::Secondary, toneInk(Tone::Warn), this);
        gone->setObjectName(QStringLiteral("undoRest"));
        gone->setWordWrap(true);
        content()->addWidget(gone);
    }
    auto* verb = addVerb(tr("Undo"));
    verb->setObjectName(QStringLiteral("undoConfirm"));
    connect(verb, &Button::clicked, this, [this] {
        emit confirmed();
        accept();
    });
}

} // namespace meshbone::ui
