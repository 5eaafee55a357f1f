// SPDX-License-Identifier: Apache-2.0
#include "schemas/used_by.h"

#include "schemas/schema_words.h"
#include "widgets/format.h"

#include <catalog/access_covers.h>

#include <algorithm>

namespace meshbone::ui {

namespace {

QString partOf(const std::string& subject) {
    return subject.ends_with("-key")     ? UsedByModel::tr("its keys are of this schema")
           : subject.ends_with("-value") ? UsedByModel::tr("its values are of this schema")
                                         : UsedByModel::tr("some of its events are of this schema");
}

void addTopic(const UseSources& sources, const std::string& subject, const std::string& topic,
              std::vector<UseRow>& rows) {
    const auto* about = sources.catalog->topic(topic);
    const auto domain = about == nullptr ? QString() : text(about->domain);
    rows.push_back({QStringLiteral("topic"),
                    text(topic),
                    UsedByModel::tr("Topic"),
                    partOf(subject),
                    domain,
                    {QStringLiteral("topics"), {SelectionKind::Topic, text(topic)}},
                    -1});
    for (const auto& product : sources.catalog->products) {
        for (const auto& port : product.ports) {
            if (port.topic == topic) {
                const auto detail = port.direction == catalog::PortDirection::Output
                                        ? UsedByModel::tr("offers the topic")
                                        : UsedByModel::tr("takes the topic in");
                rows.push_back({QStringLiteral("product"),
                                text(product.name),
                                UsedByModel::tr("Product"),
                                detail,
                                text(product.domain),
                                {QStringLiteral("products"), {SelectionKind::Product, text(product.id)}},
                                -1});
            }
        }
    }
}

void addReferrers(const UseSources& sources, const std::string& subject, std::vector<UseRow>& rows) {
    for (const auto& version : sources.book->versions()) {
        for (const auto& reference : version.definition->references) {
            if (reference.subject == subject && !version.isDeleted) {
                rows.push_back(
                    {QStringLiteral("schema"),
                     text(version.subject),
                     UsedByModel::tr("Schema"),
                     UsedByModel::tr("%1 refers to %2 as %3")
                         .arg(versionWord(version.version), versionWord(reference.version), text(reference.name)),
                     {},
                     {kSchemasPage, {SelectionKind::Schema, text(version.subject)}},
                     -1});
            }
        }
    }
}

/// What a client has asked for, in one way.
struct Asked {
    QString name, client;
    catalog::SchemaAsk what = catalog::SchemaAsk::ById;
    TimestampMs lastMs = -1;
    QStringList versions;
};

QString askedWords(const Asked& asked) {
    auto versions = asked.versions;
    versions.sort();
    const auto words = asked.what == catalog::SchemaAsk::ById     ? UsedByModel::tr("fetched %1, %2")
                       : asked.what == catalog::SchemaAsk::LookUp ? UsedByModel::tr("looked up %1, %2")
                                                                  : UsedByModel::tr("registered %1, %2");
    return words.arg(versions.join(QStringLiteral(", ")), asked.client);
}

/// Who asked the registry for its schemas: by their ids, as a rule, who met events of them; else who was about to write
/// some. A line for each client and way.
void addAskers(const UseSources& sources, const std::string& subject, std::vector<UseRow>& rows) {
    const auto known = sources.book->versionsOf(subject);
    const auto context = catalog::SubjectName::parse(subject).context;
    std::vector<Asked> found;
    for (const auto& fetch : sources.fetches) {
        const auto version = std::ranges::find(known, fetch.id, &catalog::SchemaVersion::id);
        if (version == known.end() || fetch.context != context ||
            (!fetch.subject.empty() && fetch.subject != subject)) {
            continue;
        }
        const auto client = fetch.agent.empty()
                                ? text(fetch.address)
                                : UsedByModel::tr("%1 at %2").arg(text(fetch.agent), text(fetch.address));
        const auto name = fetch.principal.empty() ? client : text(fetch.principal);
        auto asked = std::ranges::find_if(found, [&](const Asked& one) {
            return one.name == name && one.client == client && one.what == fetch.what;
        });
        if (asked == found.end()) { // the last fetch comes first
            asked = found.insert(found.end(), {name, client, fetch.what, fetch.lastMs, {}});
        }
        asked->versions << versionWord(version->version);
    }
    for (const auto& one : found) {
        rows.push_back({QStringLiteral("terminal"),
                        one.name,
                        one.what == catalog::SchemaAsk::ById ? UsedByModel::tr("By id") : UsedByModel::tr("Registry"),
                        askedWords(one),
                        {},
                        {QStringLiteral("lineage"), {SelectionKind::Client, one.name.section(u':', -1)}},
                        one.lastMs});
    }
}

void addGrants(const UseSources& sources, const std::string& topic, std::vector<UseRow>& rows) {
    for (const auto& grant : sources.catalog->access.grants) {
        if (!grant.inForceAt(sources.nowMs) || !catalog::coversTopic(grant.scope, topic)) {
            continue;
        }
        const bool writes = catalog::coversTopic(grant.scope.writes, topic);
        const bool reads = catalog::coversTopic(grant.scope.reads, topic);
        const auto may = writes && reads ? UsedByModel::tr("may write and read the topic")
                         : writes        ? UsedByModel::tr("may write the topic")
                                         : UsedByModel::tr("may read the topic");
        rows.push_back({QStringLiteral("access"),
                        text(grant.scope.principal),
                        UsedByModel::tr("Grant"),
                        may,
                        {},
                        {QStringLiteral("access"), {SelectionKind::Grant, text(grant.id)}},
                        -1});
    }
}

void addSeen(const UseSources& sources, const std::string& topic, std::vector<UseRow>& rows) {
    if (sources.lineage == nullptr) {
        return;
    }
    lineage::ViewQuery query;
    query.focus = topic;
    query.upHops = query.downHops = 1;
    const auto graph = sources.lineage->view(query);
    const auto node = [&](std::int32_t id) { return std::ranges::find(graph.nodes, id, &lineage::Node::id); };
    for (const auto& edge : graph.edges) {
        const auto from = node(edge.from), to = node(edge.to);
        if (from == graph.nodes.end() || to == graph.nodes.end() || edge.lastSeenMs < 0) {
            continue;
        }
        const bool reads = from->kind == lineage::NodeKind::Topic && from->name == topic;
        const bool writes = to->kind == lineage::NodeKind::Topic && to->name == topic;
        if (!reads && !writes) {
            continue;
        }
        const auto& client = reads ? *to : *from;
        rows.push_back({QStringLiteral("terminal"),
                        text(client.name),
                        UsedByModel::tr("Seen"),
                        reads ? UsedByModel::tr("reads the topic") : UsedByModel::tr("writes the topic"),
                        text(client.domain),
                        {QStringLiteral("lineage"), {SelectionKind::Client, text(client.name)}},
                        edge.lastSeenMs});
    }
}

} // namespace

std::vector<UseRow> usesOf(const UseSources& sources, const std::string& subject, const std::string& topic) {
    std::vector<UseRow> rows;
    if (!topic.empty()) {
        addTopic(sources, subject, topic, rows);
    }
    addReferrers(sources, subject, rows);
    addAskers(sources, subject, rows);
    if (!topic.empty()) {
        addSeen(sources, topic, rows);
        addGrants(sources, topic, rows);
    }
    return rows;
}

UsedByModel::UsedByModel(QObject* parent)
    : RowsModel({{QStringLiteral("name"), tr("Who"), 260, false, false},
                 {QStringLiteral("kind"), tr("What it is"), 100, false, false},
                 {QStringLiteral("detail"), tr("What it has to do with it"), 240, false, true},
                 {QStringLiteral("seen"), timeTitle(tr("Last seen")), 150, false, false}},
                parent) {}

Cell UsedByModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Name:
        return {one.domain.isEmpty() ? cell::icon(one.icon) : cell::domainIcon(one.icon, one.domain),
                cell::strong(one.name)};
    case Kind:
        return {cell::secondary(one.kind)};
    case Detail:
        return {cell::text(one.detail)};
    case Seen:
        return one.lastMs < 0 ? Cell{} : Cell{cell::secondary(formatTime(one.lastMs).left(19))};
    default:
        return {};
    }
}

QVariant UsedByModel::sortKey(int row, int column) const {
    return column == Seen ? QVariant(static_cast<qint64>(at(row).lastMs)) : QVariant(plain(row, column));
}

QString UsedByModel::copyText(int row, int column) const {
    return column == Seen ? (at(row).lastMs < 0 ? QString() : isoTime(at(row).lastMs)) : plain(row, column);
}

} // namespace meshbone::ui
