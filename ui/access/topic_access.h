// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/grants_model.h"
#include "shell/page.h"

#include <QWidget>

namespace meshbone::ui {

class Button;
class ListPanel;

/// Who may produce to one topic and consume it, by grant, with what waits: the tab of a topic. GUI thread.
class TopicAccess : public QWidget {
    Q_OBJECT
public:
    explicit TopicAccess(PageContext& context, QWidget* parent = nullptr);
    void setTopic(const QString& topic);
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

signals:
    void counted(int grants); ///< in force or ending

private:
    void update();
    void readUse();
    void sayWaiting();
    PageContext& m_context;
    QString m_topic;
    GrantsModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    LastUse m_use;
};

} // namespace meshbone::ui
