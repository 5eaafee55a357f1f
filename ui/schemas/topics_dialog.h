// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/dialog.h"
#include "widgets/long_choice.h"

#include <QSet>

class QPlainTextEdit;

namespace meshbone::ui {

/// Several topics of many, one a line: added by name from the list, or pasted. GUI thread.
class TopicsDialog : public Dialog {
    Q_OBJECT
public:
    /// `topics`: that can be named. `chosen`: that are named already.
    TopicsDialog(const ChoiceItems& topics, const QStringList& chosen, QWidget* parent = nullptr);

signals:
    void chosen(const QStringList& topics);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void add(const QString& topic);
    void updateVerb();
    [[nodiscard]] QStringList named() const; ///< each once
    [[nodiscard]] QString whyNot() const;

    QSet<QString> m_known;
    LongChoice* m_topic = nullptr;
    QPlainTextEdit* m_lines = nullptr;
    Button* m_choose = nullptr;
};

} // namespace meshbone::ui
