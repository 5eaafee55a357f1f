// SPDX-License-Identifier: Apache-2.0
#include "overview/domains_model.h"

#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

enum ColumnAt : int { Name, Owner, Products, Topics, Records, Rate, Access };

void add(std::vector<float>& sum, const std::vector<float>& values) {
    sum.resize(std::max(sum.size(), values.size()), 0);
    // Both end now; a shorter one began later.
    const auto shift = sum.size() - values.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum[shift + i] += values[i];
    }
}

} // namespace

std::vector<DomainRow> domainRows(const CatalogView& catalog, const MeshFacts& facts,
                                  const backbone::TrafficSnapshot& traffic,
                                  const std::map<std::string, int>& findingsByTopic) {
    std::vector<DomainRow> rows;
    for (const auto& domain : catalog.domains) {
        DomainRow row;
        row.id = text(domain.id);
        row.name = text(catalog.domainName(domain.id));
        row.owner = text(domain.owner);
        row.products = std::ranges::count(catalog.products, domain.id, &catalog::Product::domain);
        rows.push_back(std::move(row));
    }
    DomainRow unclaimed;
    unclaimed.name = DomainsModel::tr("none yet");
    const auto rowOf = [&](const std::string& topic) -> DomainRow& {
        const auto* known = catalog.topic(topic);
        const auto id = known == nullptr ? QString() : text(known->domain);
        const auto found = std::ranges::find(rows, id, &DomainRow::id);
        return found == rows.end() ? unclaimed : *found;
    };
    for (const auto& topic : facts.topics) {
        if (!topic.internal) {
            ++rowOf(topic.name).topics;
        }
    }
    for (const auto& topic : traffic.topics) {
        if (!isInternalTopic(topic.topic)) {
            auto& row = rowOf(topic.topic);
            row.records += topic.records;
            row.perSecond += topic.perSecond;
            add(row.hour, topic.hour);
        }
    }
    for (const auto& [topic, count] : findingsByTopic) {
        rowOf(topic).findings += count;
    }
    if (unclaimed.topics > 0) {
        rows.push_back(std::move(unclaimed));
    }
    return rows;
}

DomainsModel::DomainsModel(QObject* parent)
    : RowsModel({{QStringLiteral("domain"), tr("Domain"), 90, false, false},
                 {QStringLiteral("owner"), tr("Owner"), 104, false, true},
                 {QStringLiteral("products"), tr("Products"), 56, true, false},
                 {QStringLiteral("topics"), tr("Topics"), 46, true, false},
                 {QStringLiteral("records"), tr("Records"), 64, true, false},
                 {QStringLiteral("events_per_second"), tr("Events/s, 1 h"), 134, true, false},
                 {QStringLiteral("access"), tr("Access"), 104, false, false}},
                parent) {}

Cell DomainsModel::cell(int row, int column) const {
    const auto& domain = at(row);
    switch (column) {
    case Name:
        return {domain.id.isEmpty() ? cell::chip(domain.name) : cell::domainChip(domain.id, domain.name)};
    case Owner:
        return {domain.owner.isEmpty() ? cell::text(tr("no owner"), Token::Text3) : cell::secondary(domain.owner)};
    case Products:
        return {cell::text(formatCount(domain.products))};
    case Topics:
        return {cell::text(formatCount(domain.topics))};
    case Records:
        return {cell::text(formatCount(domain.records))};
    case Rate:
        return {cell::spark(domain.hour, 76), cell::atLeast(cell::text(formatRate(domain.perSecond)), 44)};
    case Access:
        return domain.findings == 0
                   ? cell::state(Tone::Ok, tr("no findings"))
                   : cell::state(Tone::Warn, tr("%n finding(s)", nullptr, static_cast<int>(domain.findings)));
    default:
        return {};
    }
}

QVariant DomainsModel::sortKey(int row, int column) const {
    const auto& domain = at(row);
    switch (column) {
    case Products:
        return domain.products;
    case Topics:
        return domain.topics;
    case Records:
        return domain.records;
    case Rate:
        return domain.perSecond;
    case Access:
        return domain.findings;
    default:
        return plain(row, column);
    }
}

QString DomainsModel::copyText(int row, int column) const {
    const auto& domain = at(row);
    switch (column) {
    case Name:
        return domain.id;
    case Records:
        return QString::number(domain.records);
    case Rate:
        return QString::number(domain.perSecond, 'f', 3);
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
