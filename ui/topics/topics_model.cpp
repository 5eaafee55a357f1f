// SPDX-License-Identifier: Apache-2.0
#include "topics/topics_model.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {
enum ColumnAt : int { Name, Domain, Product, Partitions, Records, Size, Rate, Owner };
} // namespace

std::vector<TopicRow> topicRows(const MeshFacts& facts, const CatalogView& catalog,
                                const backbone::TrafficSnapshot* traffic) {
    std::vector<TopicRow> rows;
    rows.reserve(facts.topics.size());
    for (const auto& topic : facts.topics) {
        TopicRow row;
        row.name = text(topic.name);
        row.partitions = topic.partitions;
        row.internal = topic.internal;
        if (const auto* about = catalog.topic(topic.name)) {
            row.domain = text(about->domain);
            row.domainName = text(catalog.domainName(about->domain));
            const auto* product = catalog.product(about->product);
            row.product = product == nullptr ? QString() : text(product->name);
            row.owner = text(about->owner);
            row.description = text(about->description).simplified();
        }
        if (const auto* flow = traffic == nullptr ? nullptr : traffic->find(topic.name)) {
            row.records = flow->records;
            row.sizeBytes = flow->sizeBytes;
            row.perSecond = flow->perSecond;
            row.recent = flow->recent;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

TopicsModel::TopicsModel(QObject* parent)
    : RowsModel({{QStringLiteral("name"), tr("Name"), 320, false, true},
                 {QStringLiteral("domain"), tr("Domain"), 110, false, false},
                 {QStringLiteral("product"), tr("Product"), 170, false, false},
                 {QStringLiteral("partitions"), tr("Partitions"), 86, true, false},
                 {QStringLiteral("records"), tr("Records"), 92, true, false},
                 {QStringLiteral("size"), tr("Size"), 92, true, false},
                 {QStringLiteral("events_per_second"), tr("Events/s, 15 min"), 180, true, false},
                 {QStringLiteral("owner"), tr("Owner"), 130, false, false}},
                parent) {}

Cell TopicsModel::cell(int row, int column) const {
    const auto& topic = at(row);
    switch (column) {
    case Name:
        return {topic.domain.isEmpty() ? cell::icon(QStringLiteral("topic"))
                                       : cell::domainIcon(QStringLiteral("topic"), topic.domain),
                cell::strong(topic.name), cell::sub(topic.description)};
    case Domain:
        return topic.domain.isEmpty() ? Cell{} : Cell{cell::domainChip(topic.domain, topic.domainName)};
    case Product:
        return {cell::secondary(topic.product)};
    case Partitions:
        return {cell::text(QString::number(topic.partitions))};
    case Records:
        return {cell::text(formatCount(topic.records))};
    case Size:
        return topic.sizeBytes                ? Cell{cell::text(formatBytes(*topic.sizeBytes))}
               : columnReason(Size).isEmpty() ? Cell{}
                                              : Cell{cell::text(tr("not told"), Token::Text3)};
    case Rate:
        return {cell::spark(topic.recent), cell::atLeast(cell::text(formatRate(topic.perSecond)), 44)};
    case Owner:
        return {cell::secondary(topic.owner)};
    default:
        return {};
    }
}

QString TopicsModel::plain(int row, int column) const {
    // Filtering asks for every column of every topic at each key: text that needs no formatting is given as it is.
    const auto& topic = at(row);
    switch (column) {
    case Name:
        return topic.description.isEmpty() ? topic.name : topic.name + u' ' + topic.description;
    case Domain:
        return topic.domainName;
    case Product:
        return topic.product;
    case Owner:
        return topic.owner;
    default:
        return plainText(cell(row, column));
    }
}

QVariant TopicsModel::sortKey(int row, int column) const {
    const auto& topic = at(row);
    switch (column) {
    case Name:
        return topic.name;
    case Partitions:
        return topic.partitions;
    case Records:
        return static_cast<qint64>(topic.records);
    case Size:
        return static_cast<qint64>(topic.sizeBytes.value_or(-1));
    case Rate:
        return topic.perSecond;
    default:
        return plain(row, column);
    }
}

QString TopicsModel::copyText(int row, int column) const {
    const auto& topic = at(row);
    switch (column) {
    case Name:
        return topic.name;
    case Records:
        return QString::number(topic.records);
    case Size:
        return topic.sizeBytes ? QString::number(*topic.sizeBytes) : QString();
    case Rate:
        return QString::number(topic.perSecond, 'f', 3);
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
