// SPDX-License-Identifier: Apache-2.0
#include "topics/topics_model.h"

#include "widgets/format.h"

#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace meshbone::ui {

namespace {
enum ColumnAt : int { Name, Domain, Product, Partitions, Records, Size, Rate, Owner };

/// Ids and names as text, made once for all the topics that have them.
class Names {
public:
    template <class Thing>
    explicit Names(const std::vector<Thing>& things) {
        for (const auto& thing : things) {
            m_names.emplace(thing.id, Pair(text(thing.id), text(thing.name)));
        }
    }
    using Pair = std::pair<QString, QString>;
    /// Id and name; the id alone where nobody knows it.
    [[nodiscard]] Pair of(const std::string& id) const {
        const auto found = m_names.find(id);
        return found == m_names.end() ? Pair(text(id), QString()) : found->second;
    }

private:
    std::unordered_map<std::string_view, Pair> m_names;
};

/// What is said of names that come in their order, in one walk over what is sorted by name; null: nothing.
template <class Things, class NameOf>
class Walk {
public:
    Walk(const Things& things, NameOf nameOf)
        : m_at(things.begin())
        , m_end(things.end())
        , m_nameOf(nameOf) {}
    auto to(const std::string& name) -> decltype(&*std::declval<typename Things::const_iterator>()) {
        while (m_at != m_end && m_nameOf(*m_at) < name) {
            ++m_at;
        }
        return m_at != m_end && m_nameOf(*m_at) == name ? &*m_at : nullptr;
    }

private:
    typename Things::const_iterator m_at, m_end;
    NameOf m_nameOf;
};
} // namespace

std::vector<TopicRow> topicRows(const MeshFacts& facts, const CatalogView& catalog,
                                const backbone::TrafficSnapshot* traffic) {
    const Names domains(catalog.domains), products(catalog.products);
    static const std::vector<backbone::TopicTraffic> kNoTraffic;
    Walk said(catalog.facts, [](const auto& one) -> const std::string& { return one.first; });
    Walk seen(traffic == nullptr ? kNoTraffic : traffic->topics,
              [](const auto& one) -> const std::string& { return one.topic; });
    std::vector<TopicRow> rows;
    rows.reserve(facts.topics.size());
    for (const auto& topic : facts.topics) {
        TopicRow row;
        row.name = text(topic.name);
        row.partitions = topic.partitions;
        row.internal = topic.internal;
        if (const auto* about = said.to(topic.name)) {
            std::tie(row.domain, row.domainName) = domains.of(about->second.domain);
            row.domainName = row.domainName.isEmpty() ? row.domain : row.domainName;
            row.product = products.of(about->second.product).second;
            row.owner = text(about->second.owner);
            row.description = text(about->second.description).simplified();
        }
        if (const auto* flow = seen.to(topic.name)) {
            row.records = flow->records;
            row.sizeBytes = flow->sizeBytes;
            row.perSecond = flow->perSecond;
            row.recent = flow->recent;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

TopicList topicList(const MeshFacts& facts, const CatalogView& catalog, const backbone::TrafficSnapshot* traffic) {
    TopicList list;
    list.rows = topicRows(facts, catalog, traffic);
    std::set<QString> domains, owners;
    for (const auto& row : list.rows) {
        domains.insert(row.domainName);
        owners.insert(row.owner);
        list.internal += row.internal ? 1 : 0;
    }
    for (auto* names : {&domains, &owners}) {
        names->erase(QString());
    }
    list.domains = QStringList(domains.begin(), domains.end());
    list.owners = QStringList(owners.begin(), owners.end());
    return list;
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

std::optional<ColumnSpan> TopicsModel::difference(const TopicRow& before, const TopicRow& after) const {
    if (before == after) {
        return std::nullopt;
    }
    const auto agreed = [](const TopicRow& row) {
        return std::tie(row.name, row.description, row.domain, row.domainName, row.product, row.owner, row.partitions,
                        row.internal);
    };
    return agreed(before) == agreed(after) ? ColumnSpan{Records, Rate} : ColumnSpan{Name, Owner};
}

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
        return sizeCell(Size, topic.sizeBytes);
    case Rate:
        return {cell::spark(topic.recent), cell::atLeast(cell::text(formatRate(topic.perSecond)), 44)};
    case Owner:
        return {cell::secondary(topic.owner)};
    default:
        return {};
    }
}

QString TopicsModel::plain(int row, int column) const {
    // Filtering asks for every column of every topic at each key: no cell is built for it.
    const auto& topic = at(row);
    switch (column) {
    case Name:
        return topic.description.isEmpty() ? topic.name : topic.name + u' ' + topic.description;
    case Domain:
        return topic.domainName;
    case Product:
        return topic.product;
    case Partitions:
        return QString::number(topic.partitions);
    case Records:
        return formatCount(topic.records);
    case Size:
        return sizeText(Size, topic.sizeBytes);
    case Rate:
        return formatRate(topic.perSecond);
    case Owner:
        return topic.owner;
    default:
        return {};
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
