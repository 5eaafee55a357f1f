// SPDX-License-Identifier: Apache-2.0
#include "topics/topic_detail.h"

#include "access/access_tab.h"
#include "contracts/contract_tab.h"
#include "schemas/topic_schema.h"
#include "topics/messages_tab.h"
#include "topics/topic_dialogs.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/empty_view.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/later_stack.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace meshbone::ui {

namespace {

enum TabAt : int { Messages, Partitions, Configuration, Groups, Schema, Access, Contract };
constexpr auto kTabReadLimit = std::chrono::seconds(10);

/// Adds what the partitions take on disk; returns why it isn't known, a sentence, or nothing.
std::string addSizes(backbone::Admin& admin, const std::string& topic,
                     std::vector<backbone::PartitionDetail>& partitions, const CallOptions& call) {
    std::vector<TopicPartition> asked;
    std::ranges::transform(partitions, std::back_inserter(asked), [&](const backbone::PartitionDetail& partition) {
        return TopicPartition{topic, partition.partition};
    });
    const auto dirs = admin.logDirs(asked, call);
    if (!dirs) {
        return dirs.error().message;
    }
    for (auto& partition : partitions) {
        partition.sizeBytes = dirs->sizeOf({topic, partition.partition});
    }
    return {};
}

/// Where a group stands in one topic.
Result<GroupRow> groupRow(backbone::Admin& admin, const std::string& group, const std::string& topic,
                          const std::vector<backbone::PartitionDetail>& partitions, const CallOptions& call) {
    const auto offsets = admin.groupOffsets(group, call);
    if (!offsets) {
        return std::unexpected(offsets.error());
    }
    GroupRow row;
    row.group = text(group);
    for (const auto& offset : *offsets) {
        const auto partition =
            std::ranges::find(partitions, offset.at.partition, &backbone::PartitionDetail::partition);
        if (offset.at.topic == topic && offset.committed != kNoOffset && partition != partitions.end()) {
            ++row.partitions;
            row.committed += offset.committed.value();
            row.lag += std::max<std::int64_t>(0, partition->highWatermark - offset.committed);
        }
    }
    const auto details = admin.describeGroups({group}, call);
    if (details && !details->empty()) {
        row.state = text(details->front().state);
        std::set<std::string> clients;
        for (const auto& member : details->front().members) {
            clients.insert(member.clientId);
        }
        QStringList names;
        std::ranges::for_each(clients, [&](const std::string& client) { names << text(client); });
        row.members = names.join(QStringLiteral(", "));
    }
    return row;
}

} // namespace

TopicDetail::TopicDetail(PageContext& context, QWidget* parent)
    : Ground(Token::Surface, Qt::TopEdge, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("topicDetail"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 1, 0, 0);
    layout->setSpacing(0);
    buildHead();
    buildTabs();
    connect(&context.feed, &LiveFeed::catalogChanged, this, &TopicDetail::updateHead);
}

void TopicDetail::buildHead() {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 10, 12, 6);
    row->setSpacing(8);
    m_title = new Label({}, TextStyle::DetailTitle, Token::Text1, this);
    m_title->setObjectName(QStringLiteral("topicTitle"));
    m_title->setElided(true);
    m_chipRow = new QWidget(this);
    m_chips = new QHBoxLayout(m_chipRow);
    m_chips->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_title);
    row->addWidget(m_chipRow);
    row->addStretch();
    row->addWidget(m_context.commands.makeButton(QStringLiteral("topic.replay"), this));
    row->addWidget(m_context.commands.makeButton(QStringLiteral("topic.lineage"), this));
    auto* more = Button::iconButton(QStringLiteral("more"), tr("More"), this);
    more->setObjectName(QStringLiteral("topicMore"));
    auto* menu = new QMenu(more);
    m_context.commands.addToMenu(*menu, {QStringLiteral("topic.produce"), QStringLiteral("topic.describe"),
                                         QStringLiteral("topic.partitions"), QStringLiteral("-"),
                                         QStringLiteral("topic.delete")});
    more->setMenu(menu);
    row->addWidget(more);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    buildDescription();
}

void TopicDetail::buildDescription() {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 12, 2);
    row->setSpacing(4);
    m_description = new Label({}, TextStyle::Secondary, Token::Text2, this);
    m_description->setObjectName(QStringLiteral("topicDescription"));
    m_description->setElided(true);
    auto* edit = m_context.commands.makeButton(QStringLiteral("topic.describe"), this);
    edit->setKind(ButtonKind::Icon);
    edit->setAccessibleName(tr("Edit the description"));
    row->addWidget(m_description);
    row->addWidget(edit);
    row->addStretch();
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void TopicDetail::updateDescription(const catalog::TopicFacts* about) {
    const auto words = about == nullptr ? QString() : text(about->description);
    m_description->setInk(words.isEmpty() ? Token::Text3 : Token::Text2);
    m_description->setText(words.isEmpty() ? tr("Nobody has described this topic yet.") : words.simplified());
    m_description->setToolTip(words);
}

void TopicDetail::buildTabs() {
    m_tabs = new Tabs(tr("Parts of the topic"), this);
    m_tabs->setObjectName(QStringLiteral("topicTabs"));
    for (const auto& title : {tr("Messages"), tr("Partitions"), tr("Configuration"), tr("Groups"), tr("Schema"),
                              tr("Access"), tr("Contract")}) {
        m_tabs->addTab(title);
    }
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 0);
    row->addWidget(m_tabs, 1);
    auto* outer = static_cast<QVBoxLayout*>(layout());
    outer->addLayout(row);
    m_stack = new LaterStack(this);
    m_messages = new MessagesTab(m_context, m_stack);
    const auto list = [this](const QString& name, QAbstractItemModel& model) {
        auto* panel = new ListPanel(name, m_stack);
        panel->setSource(&model);
        return panel;
    };
    m_partitionList = list(QStringLiteral("partitions"), m_partitions);
    m_configList = list(QStringLiteral("configuration"), m_configs);
    m_groupList = list(QStringLiteral("groups"), m_groups);
    m_groupList->emptyView()->setMessage(
        QStringLiteral("people"), tr("No group reads this topic"),
        tr("A consumer group appears here when it has committed an offset in this topic."));
    for (QWidget* page : std::initializer_list<QWidget*>{m_messages, m_partitionList, m_configList, m_groupList}) {
        m_stack->add(page);
    }
    m_stack->addLater([this] { return makeSchema(); });
    m_stack->addLater([this] { return makeAccess(); });
    m_stack->addLater([this] { return makeContract(); });
    outer->addWidget(m_stack, 1);
    connect(m_tabs, &Tabs::currentChanged, m_stack, &LaterStack::showPage);
    connect(m_configList, &ListPanel::activated, this, &TopicDetail::editSetting);
    m_configList->setContextMenu([this](QMenu& menu) {
        menu.addAction(tr("Change…"), this, [this] { editSetting(m_configList->currentSourceRow()); });
    });
}

QWidget* TopicDetail::makeSchema() {
    m_schema = new TopicSchema(m_context, m_stack);
    connect(m_schema, &TopicSchema::counted, this, [this](int subjects, bool isViolated) {
        m_tabs->setCounter(Schema, subjects == 0 ? QString() : QString::number(subjects),
                           isViolated ? Tone::Warn : Tone::Neutral);
    });
    connect(m_schema, &TopicSchema::eventWanted, this, [this](int partition, qint64 offset) {
        m_tabs->setCurrent(Messages);
        m_messages->openAt(partition, offset);
    });
    m_schema->setTopic(m_topic);
    return m_schema;
}

QWidget* TopicDetail::makeAccess() {
    m_access = new AccessTab(m_context, AccessTab::Of::Topic, m_stack);
    connect(m_access, &AccessTab::counted, this,
            [this](int grants) { m_tabs->setCounter(Access, grants == 0 ? QString() : QString::number(grants)); });
    if (!m_topic.isEmpty()) {
        m_access->setSubject(m_topic);
    }
    return m_access;
}

QWidget* TopicDetail::makeContract() {
    m_contract = new ContractTab(m_context, false, m_stack);
    connect(m_contract, &ContractTab::counted, this, [this](const QString& version, bool isBroken) {
        m_tabs->setCounter(Contract, version, isBroken ? Tone::Danger : Tone::Neutral);
    });
    connect(m_contract, &ContractTab::wanted, this, [this] { m_tabs->setCurrent(Contract); });
    m_contract->setSubject(m_topic);
    return m_contract;
}

void TopicDetail::setTopic(const QString& topic) {
    if (topic == m_topic) {
        return;
    }
    m_topic = topic;
    updateHead();
    m_partitions.setRows({});
    m_configs.setRows({});
    m_groups.setRows({});
    if (m_schema != nullptr) {
        m_schema->setTopic(topic);
    }
    if (m_access != nullptr) {
        m_access->setSubject(topic);
    }
    if (m_contract != nullptr) {
        m_contract->setSubject(topic);
    }
    reload();
}

void TopicDetail::showSchema() {
    m_tabs->setCurrent(Schema);
}

void TopicDetail::updateHead() {
    m_title->setText(m_topic);
    while (auto* item = m_chips->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto& catalog = *m_context.feed.catalog();
    const auto* about = catalog.topic(m_topic.toStdString());
    updateDescription(about);
    if (about != nullptr && !about->domain.empty()) {
        m_chips->addWidget(
            new Chip({text(catalog.domainName(about->domain)), Tone::Neutral, {}, text(about->domain)}, m_chipRow));
    }
    if (isInternalTopic(m_topic.toStdString())) {
        m_chips->addWidget(new Chip({tr("internal"), Tone::Neutral, {}, {}}, m_chipRow));
    }
    const auto policy = std::ranges::find(m_configs.rows(), "cleanup.policy", &backbone::ConfigEntry::name);
    if (policy != m_configs.rows().end() && policy->value.value_or("").find("compact") != std::string::npos) {
        m_chips->addWidget(new Chip({tr("compacted"), Tone::Neutral, {}, {}}, m_chipRow));
    }
}

void TopicDetail::reloadMessages() {
    m_messages->reload();
}

void TopicDetail::reload() {
    if (m_topic.isEmpty()) {
        return;
    }
    std::vector<std::string> groups;
    for (const auto& group : m_context.health.facts()->groups) {
        if (std::ranges::find(group.topics, m_topic.toStdString()) != group.topics.end()) {
            groups.push_back(group.group);
        }
    }
    for (auto* panel : {m_partitionList, m_configList, m_groupList}) {
        panel->setLoading(m_partitions.rowCount() == 0);
    }
    JobOptions options;
    options.key = QStringLiteral("topic.facts");
    m_context.jobs.run(
        this, options,
        [&backbone = m_context.services.backbone, topic = m_topic.toStdString(), groups](const JobContext& job) {
            return readFacts(backbone.admin(), topic, groups, job.call(kTabReadLimit));
        },
        [this](Result<Facts> facts) {
            for (auto* panel : {m_partitionList, m_configList, m_groupList}) {
                panel->setLoading(false);
                panel->messageBar()->setVisible(!facts);
                if (!facts) {
                    panel->messageBar()->say(Tone::Danger, QString::fromStdString(facts.error().message));
                }
            }
            if (facts) {
                fill(std::move(*facts));
            }
        });
}

Result<TopicDetail::Facts> TopicDetail::readFacts(backbone::Admin& admin, const std::string& topic,
                                                  const std::vector<std::string>& groups, const CallOptions& call) {
    auto partitions = admin.partitions(topic, call);
    if (!partitions) {
        return std::unexpected(partitions.error());
    }
    auto configs = admin.topicConfig(topic, call);
    if (!configs) {
        return std::unexpected(configs.error());
    }
    // What was set on the topic first, then by name.
    std::ranges::sort(*configs, {}, [](const backbone::ConfigEntry& entry) {
        return std::pair(entry.source != backbone::ConfigSource::Topic, entry.name);
    });
    Facts facts{std::move(*partitions), std::move(*configs), {}, {}};
    facts.sizesProblem = addSizes(admin, topic, facts.partitions, call);
    for (const auto& group : groups) {
        auto row = groupRow(admin, group, topic, facts.partitions, call);
        if (row && row->partitions > 0) {
            facts.groups.push_back(std::move(*row));
        }
    }
    return facts;
}

void TopicDetail::fill(Facts facts) {
    const auto own = std::ranges::count(facts.configs, backbone::ConfigSource::Topic, &backbone::ConfigEntry::source);
    m_tabs->setCounter(Partitions, QString::number(facts.partitions.size()));
    m_tabs->setCounter(Configuration, own == 0 ? QString() : QString::number(own));
    m_tabs->setCounter(Groups, facts.groups.empty() ? QString() : QString::number(facts.groups.size()));
    const int count = static_cast<int>(facts.partitions.size());
    m_partitions.setColumnReason(m_partitions.columnOf(QStringLiteral("size")), text(facts.sizesProblem));
    m_partitions.setRows(std::move(facts.partitions));
    m_configs.setRows(std::move(facts.configs));
    m_groups.setRows(std::move(facts.groups));
    updateHead();
    m_messages->setTopic(m_topic, count);
    m_context.commands.refresh();
}

bool TopicDetail::isSettled() const {
    return m_context.jobs.isIdle(this) && m_stack->isComplete() && m_messages->isSettled() && m_schema->isSettled() &&
           m_access->isSettled() && m_contract->isSettled();
}

void TopicDetail::editSetting(int row) {
    if (row < 0 || row >= m_configs.rowCount()) {
        return;
    }
    const auto& entry = m_configs.at(row);
    if (entry.readOnly) {
        m_configList->messageBar()->say(Tone::Accent, tr("%1 can't be changed on this cluster.").arg(text(entry.name)));
        m_configList->messageBar()->show();
        return;
    }
    if (const auto whyNot = m_context.abilities.whyNot(backbone::Feature::TopicConfigs); !whyNot.isEmpty()) {
        m_configList->messageBar()->say(Tone::Accent, tr("Settings can't be changed here."), whyNot);
        m_configList->messageBar()->show();
        return;
    }
    auto* dialog = new SettingDialog(m_context, m_topic, entry, this);
    connect(dialog, &SettingDialog::changed, this, [this](const QString& notRecorded) {
        reload();
        emit changed(notRecorded);
    });
    dialog->open();
}

} // namespace meshbone::ui
