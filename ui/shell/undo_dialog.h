// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/dialog.h"

#include <catalog/catalog.h>

namespace meshbone::ui {

/// What undoing an entry does, field by field, before it is done. Return undoes, Esc leaves it.
class UndoDialog : public Dialog {
    Q_OBJECT
public:
    /// `rest`: what can't come back, a sentence; empty: all does.
    UndoDialog(const catalog::LedgerEntry& entry, const catalog::Undo& undo, const QString& rest, QWidget* parent);

signals:
    void confirmed();
};

} // namespace meshbone::ui
