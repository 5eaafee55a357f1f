// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace meshbone::ui {

class Button;
class Label;

/// What stands where a list is empty: what belongs here, why it is empty, and the one next step as a button.
class EmptyView : public QWidget {
    Q_OBJECT
public:
    explicit EmptyView(QWidget* parent = nullptr);
    void setMessage(const QString& icon, const QString& title, const QString& sentence);
    /// The next step; an empty text hides the button.
    void setAction(const QString& text, std::function<void()> run);
    [[nodiscard]] QString title() const;
    /// Below the button, for pages with more to offer.
    [[nodiscard]] QVBoxLayout* extra() const { return m_extra; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitSentence();
    class Drawing;
    class Sentence;
    Drawing* m_drawing = nullptr;
    Label* m_title = nullptr;
    Label* m_sentence = nullptr;
    Button* m_button = nullptr;
    QVBoxLayout* m_extra = nullptr;
    std::function<void()> m_run;
};

/// What stands while something loads for longer than a blink: a turning ring and a sentence. It appears after 200 ms.
class LoadingView : public QWidget {
    Q_OBJECT
public:
    explicit LoadingView(const QString& sentence, QWidget* parent = nullptr);
    void setSentence(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    QString m_sentence;
    int m_timer = 0;
    int m_ticks = 0;
};

} // namespace meshbone::ui
