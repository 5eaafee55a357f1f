// SPDX-License-Identifier: Apache-2.0
#include "lineage/node_fields.h"

#include "schemas/schema_acts.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/property_list.h"
#include "widgets/table_view.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kRowsShown = 6;
constexpr int kFieldWidth = 142, kTypeWidth = 118;
constexpr int kRowHeight = 26;
constexpr int kNamed = 4;
constexpr int kLabelWidth = 72;

/// The version that was the latest at a moment.
std::optional<catalog::SchemaVersion> versionAt(const catalog::SchemaBook& book, const std::string& subject,
                                                std::optional<TimestampMs> asOfMs) {
    auto found = book.latest(subject);
    if (asOfMs) {
        found.reset();
        for (const auto& version : book.versionsOf(subject)) {
            if (version.writtenMs <= *asOfMs) {
                found = version;
            }
        }
    }
    return found;
}

QString someOf(const QStringList& names) {
    const auto more = static_cast<int>(names.size()) - kNamed;
    return more <= 0
               ? names.join(QStringLiteral("\n"))
               : names.first(kNamed).join(QStringLiteral("\n")) + u'\n' + NodeFields::tr("%n more", nullptr, more);
}

} // namespace

NodeFields::NodeFields(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("nodeFields"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    m_title = new Label({}, TextStyle::SmallStrong, Token::Text2, this);
    m_title->setElided(true);
    m_open = new Button(tr("Open in Schemas"), ButtonKind::Link, this);
    m_open->setObjectName(QStringLiteral("nodeFieldsOpen"));
    head->addWidget(m_title, 1);
    head->addWidget(m_open);
    layout->addLayout(head);
    m_table = new TableView(this);
    m_table->setObjectName(QStringLiteral("nodeFieldsTable"));
    m_table->setAccessibleName(tr("Fields of the topic's events"));
    m_table->setModel(&m_model);
    m_table->setRowHeight(kRowHeight);
    m_table->setEdgePadding(0);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHeightByRows(kRowsShown);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (const int column : {FieldsModel::Optional, FieldsModel::Doc, FieldsModel::Tags}) {
        m_table->setColumnHidden(column, true);
    }
    m_table->setColumnWidth(FieldsModel::Field, kFieldWidth);
    m_table->setColumnWidth(FieldsModel::Type, kTypeWidth);
    layout->addWidget(m_table);
    m_whereTitle = new Label({}, TextStyle::SmallStrong, Token::Text2, this);
    m_whereTitle->setElided(true);
    m_where = new PropertyList(this);
    m_where->setObjectName(QStringLiteral("nodeFieldsWhere"));
    m_where->setLabelWidth(kLabelWidth);
    layout->addWidget(m_whereTitle);
    layout->addWidget(m_where);
    connect(m_open, &Button::clicked, this, [this] {
        m_context.navigator.goTo(kSchemasPage, {SelectionKind::Schema, m_subject});
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { askWhere(current.isValid() ? current.row() : -1); });
    connect(&m_context.schemas, &SchemaFeed::changed, this, &NodeFields::read);
    hide();
}

void NodeFields::setTopic(const QString& topic, std::optional<TimestampMs> asOfMs) {
    if (topic == m_topic && asOfMs == m_asOfMs) {
        return;
    }
    if (topic != m_topic) {
        m_model.setRows({});
        hide();
    }
    m_topic = topic;
    m_asOfMs = asOfMs;
    read();
}

void NodeFields::read() {
    if (m_topic.isEmpty()) {
        return;
    }
    auto names = knownTopics(m_context);
    names.add(m_topic.toStdString());
    auto subjects = subjectsOf(*m_context.schemas.book(), names, m_topic);
    // The values first: what the events are about.
    std::ranges::stable_sort(subjects, {}, [](const QString& one) { return one.endsWith(QStringLiteral("-key")); });
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("nodeFields")},
        [book = m_context.schemas.book(), subject = subjects.value(0), asOfMs = m_asOfMs](const JobContext&) {
            Read read;
            const auto version = versionAt(*book, subject.toStdString(), asOfMs);
            const auto parsed = version ? book->parsed(*version) : fail(ErrorCode::NotFound, {});
            if (parsed) {
                read = {subject, version->version, withoutDoubles((*parsed)->fields())};
            }
            return Result<Read>(std::move(read));
        },
        [this, topic = m_topic](Result<Read> read) {
            if (topic == m_topic) {
                show(std::move(*read));
            }
        });
}

void NodeFields::show(Read read) {
    setVisible(!read.fields.empty());
    m_subject = read.subject;
    m_title->setText(
        tr("%n field(s), %1", nullptr, static_cast<int>(read.fields.size())).arg(versionWord(read.version)));
    m_title->setToolTip(read.subject);
    m_model.setRows(std::move(read.fields));
    m_table->updateGeometry();
    askWhere(m_table->currentIndex().isValid() ? m_table->currentIndex().row() : -1);
}

/// Where the field goes is known of the schemas and the lineage of now.
void NodeFields::askWhere(int row) {
    const bool isAsked = row >= 0 && row < m_model.rowCount() && !m_asOfMs;
    m_whereTitle->setVisible(isAsked);
    m_where->setVisible(isAsked);
    if (!isAsked) {
        return;
    }
    const auto field = text(m_model.at(row).path);
    m_whereTitle->setText(tr("Where %1 goes").arg(field));
    const ImpactQuestion question{m_context.schemas.book(),    m_context.feed.catalog(),
                                  m_context.services.lineage,  m_subject.toStdString(),
                                  QStringList(field),          QDateTime::currentMSecsSinceEpoch(),
                                  m_context.schemas.registry()};
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("nodeImpact")},
        [question](const JobContext& job) { return impactOf(question, job.stopToken()); },
        [this](const Result<ImpactAnswer>& answer) {
            if (answer) {
                showWhere(*answer);
            } else {
                m_where->clear();
                m_where->add(tr("Not known"), text(answer.error().message));
            }
        });
}

void NodeFields::showWhere(const ImpactAnswer& answer) {
    QStringList readers, topics, perhaps;
    for (const auto& row : answer.rows) {
        if (row.kind == ImpactRow::Kind::Topic && row.topic != m_topic) {
            (row.tone == Tone::Warn ? perhaps : topics) << row.name;
        }
    }
    for (const auto& row : answer.rows) {
        if (row.kind == ImpactRow::Kind::Consumer && !perhaps.contains(row.topic)) {
            readers << row.name;
        }
    }
    readers.removeDuplicates();
    m_where->clear();
    m_where->add(tr("Topics"), topics.isEmpty() ? tr("no further topic has it") : someOf(topics));
    if (!perhaps.isEmpty()) {
        m_where->add(tr("Perhaps"), someOf(perhaps));
    }
    m_where->add(tr("Read by"), readers.isEmpty() ? tr("nobody who is known") : someOf(readers));
}

} // namespace meshbone::ui
