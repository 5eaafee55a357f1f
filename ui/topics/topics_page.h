// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "shell/recorded_act.h"
#include "topics/topics_model.h"

class QSplitter;

namespace meshbone::ui {

class Choice;
class ListPanel;
class TopicDetail;

/// The page Topics: the list above, one topic below it, one message at the right: three levels without leaving the
/// page.
class TopicsPage : public Page {
    Q_OBJECT
public:
    explicit TopicsPage(PageContext& context);
    [[nodiscard]] bool isSettled() const override;
    void showSelection(const Selection& selection) override;
    void entered() override;
    void focusFilter() override;

private:
    void addCommands();
    void buildList();
    void updateRows();
    void updateFilters();
    void selectTopic(const QString& topic);
    void createTopic();
    void describe();
    [[nodiscard]] QString whyNotDescribed() const;
    void addPartitions();
    void deleteTopic();
    void deleted(const QString& topic, const QStringList& grants, const Result<ActOutcome>& outcome);
    void afterChange(const QString& notRecorded);
    [[nodiscard]] QString current() const;
    [[nodiscard]] QString whyNoTopic() const;

    TopicsModel m_model;
    ListPanel* m_list = nullptr;
    Choice* m_domains = nullptr;
    Choice* m_owners = nullptr;
    TopicDetail* m_detail = nullptr;
    QSplitter* m_splitter = nullptr;
    bool m_showInternal = false;
    QString m_wanted; ///< a selection that the list does not hold yet
};

} // namespace meshbone::ui
