// SPDX-License-Identifier: Apache-2.0
#include "schemas/impact_rows.h"

#include "schemas/schema_words.h"
#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

using Grade = lineage::ImpactedReader::Grade;

Place schemaPlace(const QString& subject) {
    return {kSchemasPage, {SelectionKind::Schema, subject}};
}

QString versionWords(const std::vector<int>& versions) {
    QStringList words;
    std::ranges::transform(versions, std::back_inserter(words), versionWord);
    return words.join(QStringLiteral(", "));
}

QString readerWords(const lineage::ImpactedReader& reader) {
    if (reader.grade == Grade::Observed) {
        return ImpactModel::tr("was seen reading the topic");
    }
    if (reader.grade == Grade::Granted) {
        return ImpactModel::tr("may read the topic; was not seen");
    }
    if (reader.grade == Grade::ById) {
        const auto versions = versionWords(reader.versions);
        return reader.asked == catalog::SchemaAsk::ById     ? ImpactModel::tr("fetched %1 by its id").arg(versions)
               : reader.asked == catalog::SchemaAsk::LookUp ? ImpactModel::tr("looked up %1").arg(versions)
                                                            : ImpactModel::tr("registered %1").arg(versions);
    }
    QStringList groups;
    std::ranges::transform(reader.groups, std::back_inserter(groups), text);
    return groups.isEmpty() ? ImpactModel::tr("is in a consumer group of the topic")
                            : ImpactModel::tr("is in the consumer group %1").arg(groups.join(QStringLiteral(", ")));
}

QString topicWords(const lineage::ImpactedTopic& topic) {
    const auto via = text(topic.via);
    return topic.hops == 0       ? ImpactModel::tr("its events are of this schema")
           : !topic.isCertain    ? ImpactModel::tr("%1 derives it; no schema says if the field goes on").arg(via)
           : topic.field.empty() ? ImpactModel::tr("%1 derives it").arg(via)
                                 : ImpactModel::tr("%1 derives it; there it is %2").arg(via, text(topic.field));
}

} // namespace

void ImpactRows::add(const lineage::SchemaImpact& impact, const QString& field) {
    for (const auto& topic : impact.topics) {
        if (!topic.topic.empty()) {
            addTopic(topic, field);
        }
        if (!topic.subject.empty()) {
            addSubject(topic, field);
        }
    }
    for (const auto& reader : impact.readers) {
        if (!reader.topic.empty()) { // else the subject is of no topic, and nobody is known
            const auto topic = std::ranges::find(impact.topics, reader.topic, &lineage::ImpactedTopic::topic);
            addReader(reader, field, topic == impact.topics.end() || topic->isCertain);
        }
    }
    for (const auto& reference : impact.references) {
        ImpactRow row;
        row.kind = Kind::Schema;
        row.name = row.title = text(reference).section(u' ', 0, 0);
        row.how = ImpactModel::tr("refers to this schema");
        row.place = schemaPlace(row.name);
        put(std::move(row), field);
    }
}

void ImpactRows::put(ImpactRow row, const QString& field) {
    const auto [found, isNew] = m_known.emplace(std::tuple(row.kind, row.name, row.topic), m_rows.size());
    if (isNew) {
        row.number = static_cast<int>(m_rows.size());
        m_rows.push_back(std::move(row));
    }
    auto& fields = m_rows[found->second].fields;
    if (!field.isEmpty() && !fields.contains(field)) {
        fields << field;
    }
}

void ImpactRows::addTopic(const lineage::ImpactedTopic& topic, const QString& field) {
    const auto* about = m_catalog.topic(topic.topic);
    ImpactRow row;
    row.kind = Kind::Topic;
    row.name = row.title = row.topic = text(topic.topic);
    row.how = topicWords(topic);
    row.tone = topic.isCertain ? Tone::Neutral : Tone::Warn;
    row.domain = about == nullptr ? QString() : text(about->domain);
    row.place = {QStringLiteral("topics"), {SelectionKind::Topic, row.name}};
    put(std::move(row), field);
    addProduct(topic.product, text(topic.topic), ImpactModel::tr("offers the topic"), field);
}

void ImpactRows::addSubject(const lineage::ImpactedTopic& topic, const QString& field) {
    const auto version = versionWord(topic.version);
    ImpactRow row;
    row.kind = Kind::Schema;
    row.name = row.title = text(topic.subject);
    row.topic = text(topic.topic);
    row.how = topic.hops == 0       ? ImpactModel::tr("it is what would change")
              : topic.field.empty() ? ImpactModel::tr("%1 describes the derived topic").arg(version)
                                    : ImpactModel::tr("%1 has %2").arg(version, text(topic.field));
    row.place = schemaPlace(row.name);
    put(std::move(row), field);
}

void ImpactRows::addProduct(const std::string& id, const QString& topic, const QString& how, const QString& field) {
    const auto* product = m_catalog.product(id);
    if (product == nullptr) {
        return;
    }
    ImpactRow row;
    row.kind = Kind::Product;
    row.name = text(id);
    row.title = text(product->name.empty() ? id : product->name);
    row.topic = topic;
    row.how = how;
    row.domain = text(product->domain);
    row.place = {QStringLiteral("products"), {SelectionKind::Product, row.name}};
    put(std::move(row), field);
}

void ImpactRows::addReader(const lineage::ImpactedReader& reader, const QString& field, bool isCertain) {
    ImpactRow row;
    row.kind = Kind::Consumer;
    row.name = row.title = text(reader.principal);
    row.topic = text(reader.topic);
    row.how =
        isCertain ? readerWords(reader) : ImpactModel::tr("%1; perhaps without the field").arg(readerWords(reader));
    row.tone = isCertain && reader.grade == Grade::Observed ? Tone::Danger : Tone::Warn;
    row.lastMs = reader.lastSeenMs;
    // Lineage knows only who was seen, or is in a group.
    row.place = reader.grade == Grade::Granted
                    ? Place{QStringLiteral("access"), {SelectionKind::Principal, QStringLiteral("User:") + row.name}}
                    : Place{QStringLiteral("lineage"), {SelectionKind::Client, row.name}};
    const auto name = row.name;
    put(std::move(row), field);
    addProduct(reader.product, text(reader.topic), ImpactModel::tr("needs the topic, by %1").arg(name), field);
}

Result<ImpactAnswer> impactOf(const ImpactQuestion& question, const std::stop_token& stop) {
    constexpr std::chrono::milliseconds kAskedPatience{3'000}; // what they tell is worth no more waiting
    const auto asked = question.registry == nullptr
                           ? std::vector<catalog::SchemaFetch>()
                           : question.registry->fetches({kAskedPatience, stop})
                                 .value_or(std::vector<catalog::SchemaFetch>()); // others can't tell
    lineage::Subgraph graph;
    if (question.lineage != nullptr) {
        lineage::ViewQuery all;
        all.maxNodes = 1'000'000;
        graph = question.lineage->view(all);
    }
    auto fields = question.fields.isEmpty() ? QStringList(QString()) : question.fields;
    const auto left = static_cast<int>(fields.size()) - kImpactFieldsMax;
    if (left > 0) {
        fields = fields.first(kImpactFieldsMax);
    }
    ImpactRows rows(*question.catalog);
    ImpactAnswer answer;
    std::size_t most = 0;
    for (const auto& field : fields) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "The question was withdrawn.");
        }
        const auto impact = lineage::schemaImpact(
            {*question.book, graph, question.catalog->access.grants, question.catalog->products, question.nowMs, asked},
            question.subject, field.toStdString());
        if (!impact) {
            return std::unexpected(impact.error());
        }
        if (answer.coverage.isEmpty() || impact->readers.size() > most) {
            answer.coverage = text(impact->coverage);
            most = impact->readers.size();
        }
        rows.add(*impact, field);
    }
    answer.rows = rows.take();
    if (left > 0) {
        answer.coverage += u' ' + ImpactModel::tr("%n more field(s) (is|are) not looked at.", nullptr, left);
    }
    return answer;
}

} // namespace meshbone::ui
