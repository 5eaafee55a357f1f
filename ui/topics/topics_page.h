// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/newest_job.h"
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
    void showList(TopicList list);
    void showFirst();
    void selectTopic(const QString& topic);
    /// The topic whose events a selected subject describes; empty: none that is listed.
    [[nodiscard]] QString describedBy(const Selection& selection) const;
    void createTopic();
    void produce();
    void describe();
    [[nodiscard]] QString whyNotDescribed() const;
    [[nodiscard]] QString whyNotProduced() const;
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
    NewestJob<TopicList> m_topics; ///< beside the window: there may be tens of thousands
    bool m_isEntering = false;     ///< until the list is there
    bool m_showInternal = false;
    QString m_wanted; ///< a selection that the list does not hold yet
};

} // namespace meshbone::ui
