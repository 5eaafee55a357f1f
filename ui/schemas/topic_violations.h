// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/violations_model.h"
#include "shell/page.h"
#include "widgets/panel.h"

namespace meshbone::ui {

class Label;
class TableView;

/// Which events of a topic aren't as its schemas say: counts by what is wrong, and the newest of them. Hidden where
/// there are none, and nothing stands against watching. GUI thread.
class TopicViolations : public Ground {
    Q_OBJECT
public:
    explicit TopicViolations(PageContext& context, QWidget* parent = nullptr);
    void setTopic(const QString& topic);
    [[nodiscard]] bool isViolated() const { return m_causes.rowCount() > 0; }

signals:
    void eventWanted(int partition, qint64 offset); ///< to be seen in full
    void shown();                                   ///< others are, or none any more

private:
    void build();
    void update();
    void open(int row);

    PageContext& m_context;
    QString m_topic;
    CausesModel m_causes;
    ViolationsModel m_newest;
    Label* m_title = nullptr;
    Label* m_problem = nullptr;
    QWidget* m_tables = nullptr;
    Button* m_forget = nullptr;
    TableView* m_causeTable = nullptr;
    TableView* m_newestTable = nullptr;
};

} // namespace meshbone::ui
