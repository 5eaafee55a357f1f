// SPDX-License-Identifier: Apache-2.0
#include "topics/messages_tab.h"

#include "message/message_view.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

enum From : int { Newest, Oldest, FromOffset, FromTime };
constexpr std::size_t kPage = 200;
constexpr std::size_t kPageMax = 10'000;
constexpr auto kReadLimit = std::chrono::seconds(20);
const QString kKeyPrefix = QStringLiteral("key:");

} // namespace

MessagesTab::MessagesTab(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("messagesTab"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    layout->addWidget(m_splitter);
    m_list = new ListPanel(QStringLiteral("messages"), m_splitter);
    m_list->setSource(&m_model, ListPanel::Filtering::ByModel);
    m_list->table()->setRowHeight(28);
    m_list->filterLine()->setHint(tr("Key, value or header contains…"), QStringLiteral("filter"), {});
    m_list->filterLine()->setToolTip(
        tr("Plain text, in any case. “key:” before it finds messages with exactly this key. The search looks at the "
           "bytes as they are stored: of values in Avro and Protobuf it finds texts, but no numbers or field names."));
    m_message = new MessageView(m_splitter);
    m_message->hide();
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    buildBar();
    connect(m_list, &ListPanel::filterChanged, this, [this](const QString& contains) {
        m_contains = contains;
        reload();
    });
    connect(m_list, &ListPanel::currentChanged, this, &MessagesTab::showMessage);
    connect(m_message, &MessageView::closeAsked, m_message, &QWidget::hide);
    connect(&m_context.schemas, &SchemaFeed::changed, this, &MessagesTab::followSchemas);
    followSchemas();
}

void MessagesTab::followSchemas() {
    const auto& schemas = m_context.schemas;
    auto problem = schemas.problem();
    if (problem.isEmpty() && schemas.registry() == nullptr) {
        problem = tr("There is no schema registry to ask.");
    } else if (problem.isEmpty() && !schemas.isLoaded()) {
        problem = tr("The schemas are being read.");
    }
    m_model.setBook(schemas.book());
    m_message->setBook(schemas.book(), problem);
}

void MessagesTab::buildBar() {
    m_partition = new Choice(tr("Partition"), this);
    m_partition->setObjectName(QStringLiteral("messagesPartition"));
    m_from = new Choice(tr("From where"), this);
    m_from->setObjectName(QStringLiteral("messagesFrom"));
    m_from->addItems({tr("Newest"), tr("Oldest"), tr("From offset"), tr("From time")});
    m_start = new QLineEdit(this);
    m_start->setObjectName(QStringLiteral("messagesStart"));
    m_start->setAccessibleName(tr("Where to start"));
    m_start->setFixedWidth(190);
    m_start->hide();
    m_scan = new Label({}, TextStyle::Secondary, Token::Text3, this);
    m_more = new Button(tr("Show more"), ButtonKind::Link, this);
    m_more->setObjectName(QStringLiteral("messagesMore"));
    m_more->hide();
    m_list->addFilter(m_partition);
    m_list->addFilter(m_from);
    m_list->addFilter(m_start);
    m_list->addTool(m_scan);
    m_list->addTool(m_more);
    connect(m_partition, &QComboBox::activated, this, &MessagesTab::reload);
    connect(m_from, &QComboBox::activated, this, &MessagesTab::setFrom);
    connect(m_start, &QLineEdit::returnPressed, this, &MessagesTab::reload);
    connect(m_more, &Button::clicked, this,
            [this] { read(std::min(kPageMax, static_cast<std::size_t>(m_model.rowCount()) * 5)); });
}

void MessagesTab::setTopic(const QString& topic, int partitions) {
    if (topic == m_topic && m_partition->count() == partitions + 1) {
        return;
    }
    const bool other = topic != m_topic;
    m_topic = topic;
    m_partition->clear();
    m_partition->addItem(tr("All partitions"));
    for (int i = 0; i < partitions; ++i) {
        m_partition->addItem(tr("Partition %1").arg(i));
    }
    if (other) {
        m_message->hide();
        m_from->setCurrentIndex(Newest);
        m_start->hide();
        m_model.setRecords({});
    }
    reload();
}

bool MessagesTab::isSettled() const {
    return m_context.jobs.isIdle(this);
}

void MessagesTab::setFrom(int from) {
    const bool typed = from == FromOffset || from == FromTime;
    m_start->setVisible(typed);
    if (!typed) {
        reload();
        return;
    }
    m_start->clear();
    m_start->setPlaceholderText(from == FromOffset ? tr("Offset") : QStringLiteral("2018-02-06 12:00"));
    m_start->setAccessibleName(from == FromOffset ? tr("Offset to start at") : tr("Time to start at"));
    m_start->setFocus();
}

std::optional<backbone::MessageQuery> MessagesTab::query(std::size_t limit) {
    using Start = backbone::MessageQuery::From;
    backbone::MessageQuery query;
    query.topic = m_topic.toStdString();
    query.limit = limit;
    if (m_partition->currentIndex() > 0) {
        query.partitions = {Partition(m_partition->currentIndex() - 1)};
    }
    if (m_contains.startsWith(kKeyPrefix)) {
        query.key = m_contains.mid(kKeyPrefix.size()).toStdString();
    } else {
        query.contains = m_contains.toStdString();
    }
    switch (m_from->currentIndex()) {
    case Oldest:
        query.from = Start::Beginning;
        break;
    case FromOffset: {
        bool isNumber = false;
        const auto offset = m_start->text().trimmed().toLongLong(&isNumber);
        if (!isNumber || offset < 0) {
            m_list->messageBar()->say(Tone::Warn,
                                      tr("“%1” is not an offset; it takes a whole number.").arg(m_start->text()));
            m_list->messageBar()->show();
            return std::nullopt;
        }
        query.from = Start::Offset;
        query.offset = Offset(offset);
        break;
    }
    case FromTime: {
        const auto time = parseTypedTime(m_start->text());
        if (!time) {
            m_list->messageBar()->say(
                Tone::Warn, tr("“%1” is not a time; write it as 2018-02-06 12:00:00.000.").arg(m_start->text()));
            m_list->messageBar()->show();
            return std::nullopt;
        }
        query.from = Start::Time;
        query.timeMs = *time;
        break;
    }
    default:
        query.from = Start::End;
    }
    return query;
}

void MessagesTab::reload() {
    const bool waits =
        (m_from->currentIndex() == FromOffset || m_from->currentIndex() == FromTime) && m_start->text().isEmpty();
    if (!m_topic.isEmpty() && !waits) {
        read(kPage);
    }
}

void MessagesTab::openAt(int partition, qint64 offset) {
    m_wanted = {Partition(partition), Offset(offset)};
    m_list->filterLine()->clear();
    m_contains.clear();
    m_partition->setCurrentIndex(std::min(partition + 1, m_partition->count() - 1));
    m_from->setCurrentIndex(FromOffset);
    setFrom(FromOffset);
    m_start->setText(QString::number(offset));
    reload();
}

void MessagesTab::read(std::size_t limit) {
    m_list->messageBar()->hide();
    const auto wanted = query(limit);
    if (!wanted) {
        return;
    }
    m_list->setLoading(m_model.rowCount() == 0, tr("Reading messages…"));
    JobOptions options;
    options.key = QStringLiteral("messages.read");
    options.title = tr("Reading messages of %1").arg(m_topic);
    m_context.jobs.run(
        this, options,
        [&backbone = m_context.services.backbone, query = *wanted](const JobContext& context) {
            return backbone.messages().read(query, context.call(kReadLimit));
        },
        [this, limit](Result<backbone::MessagePage> page) {
            m_list->setLoading(false);
            if (page) {
                show(*page, limit);
                return;
            }
            m_list->messageBar()->say(Tone::Danger, QString::fromStdString(page.error().message));
            m_list->messageBar()->show();
        });
}

void MessagesTab::show(const backbone::MessagePage& page, std::size_t limit) {
    const int current = m_list->currentSourceRow();
    const auto before = current >= 0 ? std::optional(m_model.at(current)) : std::nullopt;
    auto records = page.records;
    if (m_from->currentIndex() == Newest) { // what is asked for stands on top
        std::ranges::reverse(records);
    }
    m_model.setRecords(std::move(records));
    const auto shown = static_cast<qint64>(page.records.size());
    m_list->setCounts(shown, shown);
    m_scan->setText(page.more && !m_contains.isEmpty() ? tr("searched %1 records").arg(formatCount(page.scanned))
                                                       : QString());
    m_more->setVisible(page.more && limit < kPageMax);
    const bool searched = !m_contains.isEmpty();
    const bool isEncoded = searched && !m_context.schemas.book()->subjectsOfTopic(m_topic.toStdString()).empty();
    m_list->emptyView()->setMessage(
        QStringLiteral("topic"), searched ? tr("No message matches") : tr("No messages here"),
        isEncoded ? tr("Searched the bytes of %1 records from here; numbers and field names of encoded values aren't "
                       "found there.")
                        .arg(formatCount(page.scanned))
        : searched ? tr("Searched %1 records from here.").arg(formatCount(page.scanned))
                   : tr("Nothing has been written here yet, or it has been deleted by retention."));
    if (const auto wanted = std::exchange(m_wanted, std::nullopt)) {
        m_list->selectSourceRow(m_model.rowOf(wanted->first, wanted->second));
    } else if (before) {
        if (const int row = m_model.rowOf(before->partition, before->offset); row >= 0) {
            m_list->selectSourceRow(row);
        }
    }
}

void MessagesTab::showMessage(int row) {
    if (row >= 0 && row < m_model.rowCount()) {
        m_message->setRecord(m_model.at(row));
        m_message->show();
    }
}

} // namespace meshbone::ui
