// SPDX-License-Identifier: Apache-2.0
#include "products/products_model.h"

#include "widgets/format.h"

#include <algorithm>
#include <tuple>

namespace meshbone::ui {

namespace {

enum ProductColumn : int { Name, Domain, Owner, Outputs, Inputs, Records, Rate };
enum GroupColumn : int { GroupName, GroupOwner, GroupProducts, GroupDescription };

void add(std::vector<float>& sum, const std::vector<float>& values) {
    if (values.size() > sum.size()) {
        sum.insert(sum.begin(), values.size() - sum.size(), 0); // both end now
    }
    const auto shift = sum.size() - values.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum[shift + i] += values[i];
    }
}

QString teamName(const CatalogView& catalog, const std::string& id) {
    const auto found = std::ranges::find(catalog.teams, id, &catalog::Team::id);
    return text(found == catalog.teams.end() || found->name.empty() ? id : found->name);
}

void addTraffic(ProductRow& row, const backbone::TrafficSnapshot& traffic, const std::string& topic) {
    if (const auto* found = trafficOf(traffic, topic)) {
        row.records += found->records;
        row.perSecond += found->perSecond;
        add(row.recent, found->recent);
    }
}

} // namespace

std::vector<ProductRow> productRows(const CatalogView& catalog, const backbone::TrafficSnapshot& traffic) {
    std::vector<ProductRow> rows;
    for (const auto& product : catalog.products) {
        ProductRow row;
        row.product = product;
        row.domainName = text(catalog.domainName(product.domain));
        row.ownerName = teamName(catalog, product.owner);
        for (const auto& port : product.ports) {
            if (port.direction == catalog::PortDirection::Input) {
                ++row.inputs;
            } else {
                ++row.outputs;
                addTraffic(row, traffic, port.topic);
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

ProductsModel::ProductsModel(QObject* parent)
    : RowsModel({{QStringLiteral("product"), tr("Product"), 300, false, true},
                 {QStringLiteral("domain"), tr("Domain"), 100, false, false},
                 {QStringLiteral("owner"), tr("Owner"), 130, false, false},
                 {QStringLiteral("outputs"), tr("Outputs"), 56, true, false},
                 {QStringLiteral("inputs"), tr("Inputs"), 52, true, false},
                 {QStringLiteral("records"), tr("Records"), 72, true, false},
                 {QStringLiteral("events_per_second"), tr("Events/s, 15 min"), 160, true, false}},
                parent) {}

QString ProductsModel::key(const ProductRow& row) const {
    return text(row.product.id);
}

std::optional<ColumnSpan> ProductsModel::difference(const ProductRow& before, const ProductRow& after) const {
    const auto agreed = [](const ProductRow& row) {
        return std::tie(row.product.revision, row.domainName, row.ownerName, row.outputs, row.inputs);
    };
    if (agreed(before) != agreed(after)) {
        return ColumnSpan{Name, Rate};
    }
    const auto flow = [](const ProductRow& row) { return std::tie(row.records, row.perSecond, row.recent); };
    return flow(before) == flow(after) ? std::nullopt : std::optional(ColumnSpan{Records, Rate});
}

Cell ProductsModel::cell(int row, int column) const {
    const auto& product = at(row);
    switch (column) {
    case Name:
        return {cell::domainIcon(QStringLiteral("product"), text(product.product.domain)),
                cell::strong(text(product.product.name.empty() ? product.product.id : product.product.name)),
                cell::sub(product.product.description.empty() ? tr("no description yet")
                                                              : text(product.product.description))};
    case Domain:
        return {cell::domainChip(text(product.product.domain), product.domainName)};
    case Owner:
        return {product.ownerName.isEmpty() ? cell::text(tr("no owner"), Token::Warn)
                                            : cell::secondary(product.ownerName)};
    case Outputs:
        return {cell::text(formatCount(product.outputs))};
    case Inputs:
        return {cell::text(formatCount(product.inputs))};
    case Records:
        return {cell::text(formatCount(product.records))};
    case Rate:
        return {cell::spark(product.recent), cell::atLeast(cell::text(formatRate(product.perSecond)), 44)};
    default:
        return {};
    }
}

QVariant ProductsModel::sortKey(int row, int column) const {
    const auto& product = at(row);
    switch (column) {
    case Name:
        return text(product.product.name);
    case Outputs:
        return product.outputs;
    case Inputs:
        return product.inputs;
    case Records:
        return product.records;
    case Rate:
        return product.perSecond;
    default:
        return plain(row, column);
    }
}

QString ProductsModel::copyText(int row, int column) const {
    const auto& product = at(row);
    switch (column) {
    case Name:
        return text(product.product.name);
    case Domain:
        return text(product.product.domain);
    case Owner:
        return text(product.product.owner);
    case Records:
        return QString::number(product.records);
    case Rate:
        return QString::number(product.perSecond, 'f', 3);
    default:
        return plain(row, column);
    }
}

std::vector<OwnerRow> domainRowsOf(const CatalogView& catalog) {
    std::vector<OwnerRow> rows;
    for (const auto& domain : catalog.domains) {
        rows.push_back({text(domain.id), text(catalog.domainName(domain.id)), text(domain.description),
                        teamName(catalog, domain.owner),
                        std::ranges::count(catalog.products, domain.id, &catalog::Product::domain), true});
    }
    return rows;
}

std::vector<OwnerRow> teamRowsOf(const CatalogView& catalog) {
    std::vector<OwnerRow> rows;
    for (const auto& team : catalog.teams) {
        QStringList people;
        for (const auto& id : team.people) {
            const auto person = std::ranges::find(catalog.people, id, &catalog::Person::id);
            people << text(person == catalog.people.end() || person->name.empty() ? id : person->name);
        }
        rows.push_back({text(team.id), teamName(catalog, team.id), text(team.description),
                        people.join(QStringLiteral(", ")),
                        std::ranges::count(catalog.products, team.id, &catalog::Product::owner), false});
    }
    return rows;
}

ProductLists productLists(const CatalogView& catalog, const backbone::TrafficSnapshot& traffic, const MeshFacts& mesh) {
    constexpr int kNamed = 3; // of ten thousand topics nobody reads all names
    ProductLists lists{productRows(catalog, traffic), domainRowsOf(catalog), teamRowsOf(catalog), {}, 0};
    for (const auto& topic : mesh.topics) {
        const auto* facts = catalog.topic(topic.name);
        if (!topic.internal && !isInternalTopic(topic.name) && (facts == nullptr || facts->product.empty())) {
            if (++lists.unclaimedCount <= kNamed) {
                lists.unclaimed << text(topic.name);
            }
        }
    }
    return lists;
}

OwnersModel::OwnersModel(bool domains, QObject* parent)
    : RowsModel({{domains ? QStringLiteral("domain") : QStringLiteral("team"), domains ? tr("Domain") : tr("Team"), 160,
                  false, false},
                 {domains ? QStringLiteral("owner") : QStringLiteral("people"), domains ? tr("Owner") : tr("People"),
                  200, false, false},
                 {QStringLiteral("products"), tr("Products"), 60, true, false},
                 {QStringLiteral("description"), tr("Description"), 300, false, true}},
                parent) {}

Cell OwnersModel::cell(int row, int column) const {
    const auto& group = at(row);
    switch (column) {
    case GroupName:
        return group.isDomain ? Cell{cell::domainIcon(QStringLiteral("domain"), group.id), cell::strong(group.name)}
                              : Cell{cell::icon(QStringLiteral("people")), cell::strong(group.name)};
    case GroupOwner:
        return {group.owner.isEmpty() ? cell::text(group.isDomain ? tr("no owner") : tr("nobody yet"), Token::Warn)
                                      : cell::secondary(group.owner)};
    case GroupProducts:
        return {cell::text(formatCount(group.products))};
    case GroupDescription:
        return {cell::secondary(group.description)};
    default:
        return {};
    }
}

QVariant OwnersModel::sortKey(int row, int column) const {
    return column == GroupProducts ? QVariant(at(row).products) : QVariant(plain(row, column));
}

QString OwnersModel::copyText(int row, int column) const {
    return column == GroupName ? at(row).id : plain(row, column);
}

} // namespace meshbone::ui
