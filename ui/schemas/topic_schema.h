// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/fields_model.h"
#include "shell/page.h"

class QStackedLayout;

namespace meshbone::ui {

class Choice;
class EmptyView;
class Label;
class ListPanel;
class TopicViolations;

/// What the events of a topic hold: the fields of the latest version of a subject that carries the topic's name, and
/// below them which events aren't so. The tab of a topic. GUI thread; parsing runs in a job.
class TopicSchema : public QWidget {
    Q_OBJECT
public:
    explicit TopicSchema(PageContext& context, QWidget* parent = nullptr);
    void setTopic(const QString& topic);
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

signals:
    void counted(int subjects, bool isViolated);
    void eventWanted(int partition, qint64 offset); ///< an event of the topic is to be seen in full

private:
    struct Shown {
        QString about, problem;
        std::vector<catalog::SchemaField> fields;
    };
    void update();
    void updateEmptyView();
    void readFields();
    void tellCounts();
    [[nodiscard]] QStringList subjects() const;

    PageContext& m_context;
    QString m_topic;
    FieldsModel m_fields;
    Choice* m_subject = nullptr;
    Label* m_about = nullptr;
    ListPanel* m_list = nullptr;
    EmptyView* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    TopicViolations* m_violations = nullptr;
};

} // namespace meshbone::ui
