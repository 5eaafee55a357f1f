// SPDX-License-Identifier: Apache-2.0
#include "topics/topics_page.h"

#include "shell/ledger_entry.h"
#include "topics/delete_topic_dialog.h"
#include "topics/description_form.h"
#include "topics/produce_dialog.h"
#include "topics/topic_acts.h"
#include "topics/topic_detail.h"
#include "topics/topic_dialogs.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/dialog.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/row_filter.h"

#include <catalog/registry.h>

#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kRowHeight = 26;
const QString kPageId = QStringLiteral("topics");

/// Puts the values behind the first item ("All …"), keeping what is chosen.
void setChoices(Choice& choice, const QStringList& values) {
    const auto chosen = choice.currentText();
    const auto wanted = QStringList{choice.itemText(0)} + values;
    QStringList present;
    for (int i = 0; i < choice.count(); ++i) {
        present << choice.itemText(i);
    }
    if (present == wanted) {
        return;
    }
    const QSignalBlocker blocker(choice);
    choice.clear();
    choice.addItems(wanted);
    choice.setCurrentIndex(std::max(0, choice.findText(chosen)));
}

} // namespace

TopicsPage::TopicsPage(PageContext& context)
    : Page(context, kPageId, tr("Topics"))
    , m_topics(
          context.jobs, this,
          [&context] {
              return [facts = context.health.facts(), catalog = context.feed.catalog(),
                      traffic = context.feed.traffic()](const JobContext&) {
                  return topicList(*facts, *catalog, traffic.get());
              };
          },
          [this](TopicList list) { showList(std::move(list)); }) {
    setObjectName(QStringLiteral("topicsPage"));
    addCommands();
    addHeaderCommand(QStringLiteral("client.connect"));
    addHeaderCommand(QStringLiteral("topic.create"))->setKind(ButtonKind::Primary);
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->setChildrenCollapsible(false);
    content()->addWidget(m_splitter, 1);
    buildList();
    m_detail = new TopicDetail(context, m_splitter);
    m_detail->hide();
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    connect(m_detail, &TopicDetail::changed, this, &TopicsPage::afterChange);
    follow(&context.health, &MeshHealth::changed, &TopicsPage::updateRows);
    follow(&context.feed, &LiveFeed::trafficChanged, &TopicsPage::updateRows);
    follow(&context.feed, &LiveFeed::catalogChanged, &TopicsPage::updateRows);
}

void TopicsPage::addCommands() {
    const auto add = [this](const char* id, const QString& text, const QKeySequence& shortcut, const char* icon,
                            std::function<void()> run, std::function<QString()> whyDisabled, bool onSelection) {
        context().commands.add(this, {QString::fromLatin1(id), text, tr("Topics"), shortcut, QString::fromLatin1(icon),
                                      kPageId, std::move(run), std::move(whyDisabled), onSelection});
    };
    const auto away = [this] { return isUnreachable() ? tr("The backbone can't be reached.") : QString(); };
    const auto needsTopic = [this] { return whyNoTopic(); };
    add(
        "topic.create", tr("Create topic"), QKeySequence(QStringLiteral("Ctrl+N")), "plus", [this] { createTopic(); },
        away, false);
    add(
        "topic.produce", tr("Produce an Event…"), QKeySequence(QStringLiteral("P")), "plus", [this] { produce(); },
        [this] { return whyNotProduced(); }, true);
    add(
        "topic.replay", tr("Replay…"), QKeySequence(QStringLiteral("R")), "replay",
        [this] {
            context().navigator.goTo(QStringLiteral("replay"), {SelectionKind::Topic, current()});
        },
        needsTopic, true);
    add(
        "topic.lineage", tr("Lineage"), QKeySequence(QStringLiteral("G")), "lineage",
        [this] {
            context().navigator.goTo(QStringLiteral("lineage"), {SelectionKind::Topic, current()});
        },
        needsTopic, true);
    add(
        "topic.describe", tr("Edit Description…"), QKeySequence(QStringLiteral("D")), "edit", [this] { describe(); },
        [this] { return whyNotDescribed(); }, true);
    add(
        "topic.partitions", tr("Add Partitions…"), {}, "plus", [this] { addPartitions(); }, needsTopic, true);
    add(
        "topic.delete", tr("Delete Topic…"), QKeySequence(QKeySequence::Delete), "trash", [this] { deleteTopic(); },
        needsTopic, true);
    add(
        "topic.reload", tr("Read the Topics Again"), QKeySequence(QKeySequence::Refresh), "refresh",
        [this] {
            context().health.refresh();
            m_detail->reload();
        },
        away, false);
}

void TopicsPage::buildList() {
    m_list = new ListPanel(kPageId, m_splitter);
    m_list->setSource(&m_model);
    m_list->table()->setRowHeight(kRowHeight);
    m_list->table()->sortByColumn(0, Qt::AscendingOrder);
    m_domains = new Choice(tr("Domain"), this);
    m_domains->setObjectName(QStringLiteral("topicsDomain"));
    m_domains->addItem(tr("All domains"));
    m_owners = new Choice(tr("Owner"), this);
    m_owners->setObjectName(QStringLiteral("topicsOwner"));
    m_owners->addItem(tr("All owners"));
    auto* internal = new Button(tr("Show internal"), ButtonKind::Ghost, this);
    internal->setObjectName(QStringLiteral("topicsInternal"));
    internal->setCheckable(true);
    for (auto* widget : std::initializer_list<QWidget*>{m_domains, m_owners, internal}) {
        m_list->addFilter(widget);
    }
    m_list->rowFilter()->setCondition([this](int row) {
        const auto& topic = m_model.at(row);
        return (m_showInternal || !topic.internal) &&
               (m_domains->currentIndex() <= 0 || topic.domainName == m_domains->currentText()) &&
               (m_owners->currentIndex() <= 0 || topic.owner == m_owners->currentText());
    });
    const auto filterAgain = [this] { m_list->rowFilter()->invalidateCondition(); };
    connect(m_domains, &QComboBox::currentIndexChanged, this, filterAgain);
    connect(m_owners, &QComboBox::currentIndexChanged, this, filterAgain);
    connect(internal, &Button::toggled, this, [this, internal, filterAgain](bool shown) {
        m_showInternal = shown;
        internal->setText(shown ? tr("Hide internal") : tr("Show internal"));
        filterAgain();
        updateRows();
    });
    m_list->setContextMenu([this](QMenu& menu) {
        context().commands.addToMenu(menu, {QStringLiteral("topic.replay"), QStringLiteral("topic.lineage"),
                                            QStringLiteral("access.explain"), QStringLiteral("-"),
                                            QStringLiteral("topic.produce"), QStringLiteral("topic.describe"),
                                            QStringLiteral("topic.partitions"), QStringLiteral("topic.delete")});
    });
    m_list->emptyView()->setMessage(
        QStringLiteral("topic"), tr("No topics yet"),
        tr("A topic holds the events of one kind. Create the first one, or connect a client that does."));
    m_list->emptyView()->setAction(tr("Create topic"), [this] { createTopic(); });
    connect(m_list, &ListPanel::currentChanged, this, [this](int row) {
        if (row >= 0) {
            context().navigator.select({SelectionKind::Topic, m_model.at(row).name});
        }
    });
}

void TopicsPage::updateRows() {
    m_list->setLoading(true, tr("Reading topics…")); // shown where nothing is listed yet
    m_topics.ask();
}

void TopicsPage::showList(TopicList list) {
    const auto count = static_cast<int>(list.rows.size()) - list.internal;
    m_list->setLoading(!context().health.isLoaded(), tr("Reading topics…"));
    m_model.setRows(std::move(list.rows));
    // Where a cluster doesn't tell sizes the column says so, and its tool tip why.
    m_model.setColumnReason(m_model.columnOf(QStringLiteral("size")), text(context().feed.traffic()->sizesProblem));
    setChoices(*m_domains, list.domains);
    setChoices(*m_owners, list.owners);
    auto remark = tr("%n topic(s)", nullptr, count);
    if (list.internal > 0 && !m_showInternal) {
        remark += tr(", %1 internal hidden").arg(list.internal);
    }
    setRemark(asOf().isEmpty() ? remark : remark + QStringLiteral(", ") + asOf());
    if (!m_wanted.isEmpty() && m_model.rowOf(m_wanted) >= 0) {
        selectTopic(std::exchange(m_wanted, {}));
    }
    if (std::exchange(m_isEntering, false)) {
        showFirst();
    }
}

bool TopicsPage::isSettled() const {
    return context().health.isLoaded() && m_topics.isIdle() && m_detail->isSettled();
}

void TopicsPage::entered() {
    m_isEntering = true;
    updateRows();
}

/// What is selected in the window; else the first topic, so that the page shows at once what it can do.
void TopicsPage::showFirst() {
    const auto& selection = context().navigator.selection();
    if (selection.kind == SelectionKind::Topic) {
        return; // it is shown, or waits for its topic
    }
    if (!describedBy(selection).isEmpty()) {
        showSelection(selection);
        return;
    }
    const auto first = std::ranges::find(m_model.rows(), false, &TopicRow::internal);
    if (current().isEmpty() && first != m_model.rows().end()) {
        selectTopic(first->name);
    }
}

void TopicsPage::focusFilter() {
    m_list->filterLine()->setFocus(Qt::ShortcutFocusReason);
}

void TopicsPage::showSelection(const Selection& selection) {
    if (selection.kind == SelectionKind::Topic) {
        selectTopic(selection.name);
    } else if (const auto topic = describedBy(selection); !topic.isEmpty()) {
        selectTopic(topic);
        m_detail->showSchema();
    }
}

QString TopicsPage::describedBy(const Selection& selection) const {
    const auto topic = selection.kind == SelectionKind::Schema
                           ? text(catalog::topicOfSubject(selection.name.toStdString()))
                           : QString();
    return m_model.rowOf(topic) >= 0 ? topic : QString();
}

void TopicsPage::selectTopic(const QString& topic) {
    const int row = m_model.rowOf(topic);
    if (row < 0) {
        m_wanted = topic; // a topic that was just made, or a list that is not there yet
        return;
    }
    m_detail->setTopic(topic);
    m_detail->show();
    if (m_list->currentSourceRow() != row) {
        m_list->selectSourceRow(row);
    }
    context().commands.refresh();
}

QString TopicsPage::current() const {
    return m_detail == nullptr ? QString() : m_detail->topic(); // commands ask while the page is being built
}

QString TopicsPage::whyNoTopic() const {
    return current().isEmpty() ? tr("Choose a topic first.") : QString();
}

QString TopicsPage::whyNotDescribed() const {
    if (context().services.catalog == nullptr) {
        return text(context().services.catalogProblem);
    }
    return isInternalTopic(current().toStdString()) ? tr("An internal topic needs no description.") : whyNoTopic();
}

QString TopicsPage::whyNotProduced() const {
    if (isUnreachable()) {
        return tr("The backbone can't be reached.");
    }
    return isInternalTopic(current().toStdString()) ? tr("An internal topic is written by the programs that it is for.")
                                                    : whyNoTopic();
}

void TopicsPage::produce() {
    auto* dialog = new ProduceDialog(context(), current(), this);
    connect(dialog, &ProduceDialog::written, this, [this](const QString& sentence) {
        messageBar()->say(Tone::Ok, sentence);
        messageBar()->show();
        m_detail->reload();
        m_detail->reloadMessages();
        context().health.refresh();
    });
    dialog->open();
}

void TopicsPage::describe() {
    (new DescriptionForm(context(), current(), this))->open();
}

void TopicsPage::createTopic() {
    auto* dialog = new CreateTopicDialog(context(), this);
    connect(dialog, &CreateTopicDialog::created, this, [this](const QString& topic, const QString& notRecorded) {
        afterChange(notRecorded);
        m_wanted = topic;
        context().navigator.select({SelectionKind::Topic, topic});
    });
    dialog->open();
}

void TopicsPage::addPartitions() {
    auto* dialog = new PartitionsDialog(context(), current(), m_detail->partitionCount(), this);
    connect(dialog, &PartitionsDialog::changed, this, [this](const QString& notRecorded) {
        m_detail->reload();
        afterChange(notRecorded);
    });
    dialog->open();
}

void TopicsPage::deleteTopic() {
    const auto topic = current();
    const int row = m_model.rowOf(topic);
    const auto records = row < 0 ? 0 : m_model.at(row).records;
    int readers = 0;
    for (const auto& group : context().health.facts()->groups) {
        readers += std::ranges::find(group.topics, topic.toStdString()) != group.topics.end() ? 1 : 0;
    }
    const auto effect =
        tr("%1 records are deleted for good; this can't be undone. %2")
            .arg(formatCount(records), readers == 0 ? tr("No consumer group reads them.")
                                                    : tr("%n consumer group(s) lose it.", nullptr, readers));
    auto* dialog = new DeleteTopicDialog(context(), topic, effect, this);
    connect(dialog, &DeleteTopicDialog::confirmed, this, [this, topic, records](const QStringList& grants) {
        const catalog::RecordAct record{
            "topic.deleted", topic.toStdString(), {{"records", std::to_string(records)}}, {}};
        actOnTopic(
            context(), this, tr("Deleting %1").arg(topic), record,
            [name = topic.toStdString()](backbone::Admin& admin, const CallOptions& call) {
                return admin.deleteTopic(name, call);
            },
            [this, topic, grants](Result<ActOutcome> outcome) { deleted(topic, grants, outcome); });
    });
    dialog->open();
}

void TopicsPage::deleted(const QString& topic, const QStringList& grants, const Result<ActOutcome>& outcome) {
    if (!outcome) {
        messageBar()->say(Tone::Danger, QString::fromStdString(outcome.error().message));
        messageBar()->show();
        return;
    }
    m_detail->hide();
    m_detail->setTopic({});
    context().navigator.select({});
    afterChange(outcome->notRecorded);
    std::vector<catalog::Submission> ends;
    for (const auto& grant : grants) {
        ends.push_back(
            {catalog::RevokeGrant{grant.toStdString()}, tr("The topic %1 was deleted.").arg(topic).toStdString(), {}});
    }
    if (ends.empty()) {
        return;
    }
    submitEntries(context(), this, tr("Revoking the grants of %1").arg(topic), std::move(ends),
                  [this, topic](const Result<catalog::LedgerEntry>& entry) {
                      if (!entry) {
                          messageBar()->say(Tone::Warn,
                                            tr("%1 is deleted, but not all of its grants are revoked.").arg(topic),
                                            QString::fromStdString(entry.error().message));
                          messageBar()->show();
                      }
                  });
}

void TopicsPage::afterChange(const QString& notRecorded) {
    messageBar()->setVisible(!notRecorded.isEmpty());
    if (!notRecorded.isEmpty()) {
        messageBar()->say(Tone::Warn, tr("Done, but the ledger does not say so."), notRecorded);
    }
    context().health.refresh();
}

} // namespace meshbone::ui
