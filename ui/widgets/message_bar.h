// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QWidget>

#include <functional>

class QHBoxLayout;

namespace meshbone::ui {

class Button;
class Label;

/// An inline message next to its cause: a bar and an icon in its tone, a sentence, what to do about it, actions at the
/// right. It stands in a layout (never over the page) and takes no room while hidden.
class MessageBar : public QWidget {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);
    /// Shows the message. `detail` may be empty.
    void say(Tone tone, const QString& sentence, const QString& detail = {});
    /// Adds an action, kept by the bar; returns its button.
    Button* addAction(const QString& text, std::function<void()> run);
    void clearActions();
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QString detail() const;
    [[nodiscard]] Tone tone() const { return m_tone; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone m_tone = Tone::Neutral;
    Label* m_sentence = nullptr;
    Label* m_detail = nullptr;
    QHBoxLayout* m_actions = nullptr;
};

} // namespace meshbone::ui
