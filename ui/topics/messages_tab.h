// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "topics/messages_model.h"

#include <backbone/backbone.h>

#include <QWidget>

class QLineEdit;
class QSplitter;

namespace meshbone::ui {

class Choice;
class Label;
class ListPanel;
class MessageView;

/// Browses a topic's messages: by partition, from the newest, the oldest, an offset or a time, and by what they
/// contain. The message that is chosen stands at the right. GUI thread.
class MessagesTab : public QWidget {
    Q_OBJECT
public:
    explicit MessagesTab(PageContext& context, QWidget* parent = nullptr);
    void setTopic(const QString& topic, int partitions);
    [[nodiscard]] bool isSettled() const;
    /// Reads the page again.
    void reload();
    /// Shows one event, with what follows it in its partition.
    void openAt(int partition, qint64 offset);

private:
    void buildBar();
    void setFrom(int from);
    void read(std::size_t limit);
    void show(const backbone::MessagePage& page, std::size_t limit);
    void showMessage(int row);
    void followSchemas();
    /// What the bar asks for; empty when the offset or time can't be read (the bar says so).
    [[nodiscard]] std::optional<backbone::MessageQuery> query(std::size_t limit);

    PageContext& m_context;
    QString m_topic;
    MessagesModel m_model;
    ListPanel* m_list = nullptr;
    Choice* m_partition = nullptr;
    Choice* m_from = nullptr;
    QLineEdit* m_start = nullptr; ///< offset or time
    Button* m_more = nullptr;
    Label* m_scan = nullptr;
    MessageView* m_message = nullptr;
    QSplitter* m_splitter = nullptr;
    QString m_contains;
    std::optional<std::pair<Partition, Offset>> m_wanted; ///< what is to be chosen when it is read
};

} // namespace meshbone::ui
