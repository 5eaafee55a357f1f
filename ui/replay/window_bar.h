// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/time_window.h"

#include <QWidget>

class QLineEdit;
class QStringListModel;

namespace meshbone::ui {

class Button;
class Choice;
class Label;

/// Above the timeline: which topic, from and to as typed, zoom. GUI thread.
class WindowBar : public QWidget {
    Q_OBJECT
public:
    explicit WindowBar(QWidget* parent = nullptr);
    void setTopics(const QStringList& topics);
    void setTopic(const QString& topic);
    [[nodiscard]] QString topic() const;
    void setWindow(const WindowMs& window);
    void setScale(const QString& scale); ///< "1 bar = 1 h"

signals:
    void topicChosen(const QString& topic);
    void windowTyped(const meshbone::ui::WindowMs& window);
    void badWindow(const QString& sentence);
    void zoomAsked(double factor);
    void allAsked();

private:
    void readFields();
    Choice* m_topic = nullptr;
    QStringListModel* m_names = nullptr; ///< what the choice shows
    QStringList m_topics;                ///< that were given last
    QLineEdit* m_from = nullptr;
    QLineEdit* m_to = nullptr;
    Label* m_scale = nullptr;
};

} // namespace meshbone::ui
