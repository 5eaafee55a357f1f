// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <QWidget>

namespace meshbone::ui {

class Label;

/// Whether everybody who can log in may ask for access: says what that opens, and turns it on and off. GUI thread.
class AskingSection : public QWidget {
    Q_OBJECT
public:
    explicit AskingSection(PageContext& context, QWidget* parent = nullptr);
    void refresh();

private:
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] QString whyNot() const;
    void toggle();
    PageContext& m_context;
    Label* m_state = nullptr;
    Label* m_effect = nullptr;
    bool m_isBusy = false;
    QString m_problem; ///< why the last change failed, a sentence
};

} // namespace meshbone::ui
