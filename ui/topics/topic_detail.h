// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "topics/detail_models.h"
#include "widgets/panel.h"

class QHBoxLayout;

namespace meshbone::ui {

class ContractTab;
class Label;
class LaterStack;
class ListPanel;
class MessagesTab;
class Tabs;
class AccessTab;
class TopicSchema;

/// One topic below the list: messages, partitions, configuration, groups, schema, access, contract. GUI thread.
class TopicDetail : public Ground {
    Q_OBJECT
public:
    explicit TopicDetail(PageContext& context, QWidget* parent = nullptr);
    void setTopic(const QString& topic);
    [[nodiscard]] const QString& topic() const { return m_topic; }
    [[nodiscard]] int partitionCount() const { return m_partitions.rowCount(); }
    void reload();
    void reloadMessages();
    void showSchema(); ///< its tab
    [[nodiscard]] bool isSettled() const;

signals:
    /// Something was changed; `notRecorded` says why the ledger does not know (empty: it does).
    void changed(const QString& notRecorded);

private:
    /// What a job reads of the topic.
    struct Facts {
        std::vector<backbone::PartitionDetail> partitions;
        std::vector<backbone::ConfigEntry> configs;
        std::vector<GroupRow> groups;
        std::string sizesProblem; ///< why the partitions have no sizes
    };
    void buildHead();
    void buildDescription();
    void updateDescription(const catalog::TopicFacts* about);
    void buildTabs();
    QWidget* makeSchema();
    QWidget* makeAccess();
    QWidget* makeContract();
    void updateHead();
    void fill(Facts facts);
    void editSetting(int row);
    static Result<Facts> readFacts(backbone::Admin& admin, const std::string& topic,
                                   const std::vector<std::string>& groups, const CallOptions& call);

    PageContext& m_context;
    QString m_topic;
    Label* m_title = nullptr;
    Label* m_description = nullptr;
    QHBoxLayout* m_chips = nullptr;
    QWidget* m_chipRow = nullptr;
    Tabs* m_tabs = nullptr;
    LaterStack* m_stack = nullptr;
    MessagesTab* m_messages = nullptr;
    PartitionsModel m_partitions;
    ConfigModel m_configs;
    TopicGroupsModel m_groups;
    ListPanel* m_partitionList = nullptr;
    ListPanel* m_configList = nullptr;
    ListPanel* m_groupList = nullptr;
    TopicSchema* m_schema = nullptr;   ///< null: not made yet
    AccessTab* m_access = nullptr;     ///< the same
    ContractTab* m_contract = nullptr; ///< the same
};

} // namespace meshbone::ui
