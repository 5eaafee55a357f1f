// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

#include <functional>

class QHBoxLayout;
class QLayout;
class QVBoxLayout;

namespace meshbone::ui {

class Button;
class Label;
class MessageBar;

/// A dialog with a title, a sentence, content, an inline message and verb buttons. Cancel (Esc) is always there and,
/// for a destructive verb, the default.
class Dialog : public QDialog {
    Q_OBJECT
public:
    Dialog(const QString& title, const QString& sentence, QWidget* parent);
    [[nodiscard]] QVBoxLayout* content() const { return m_content; }
    /// The verb's button; what it does is up to the caller (accept() when done).
    Button* addVerb(const QString& verb, bool destructive = false);
    /// Adds a labelled field; the label is its buddy.
    void addField(const QString& label, QWidget* field, const QString& hint = {});
    /// The same for a layout of the caller's: label, field and hint, one below the other.
    static QLayout* labelled(const QString& label, QWidget* field, const QString& hint = {});
    [[nodiscard]] MessageBar* message() const { return m_message; }
    void sayError(const QString& sentence);
    /// Replaces "Cancel", for a dialog that only shows.
    void setCancelText(const QString& text);

private:
    QVBoxLayout* m_content = nullptr;
    QHBoxLayout* m_buttons = nullptr;
    MessageBar* m_message = nullptr;
    Button* m_cancel = nullptr;
};

/// Asks before what can't be undone: names the thing, says what it does to whom, has the verb on the button and Cancel
/// as default. Where `typed` is not empty, that text must be typed first. Not modal: `confirmed` runs on the verb.
void confirmAction(QWidget* parent, const QString& title, const QString& effect, const QString& verb,
                   const QString& typed, std::function<void()> confirmed);

} // namespace meshbone::ui
