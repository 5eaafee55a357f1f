// SPDX-License-Identifier: Apache-2.0
#include "products/product_schemas.h"

#include "schemas/schema_acts.h"
#include "widgets/format.h"

namespace meshbone::ui {

std::vector<ProductSchemaRow> productSchemaRows(const catalog::Product& product, const catalog::SchemaBook& book,
                                                const TopicNames& names) {
    std::vector<ProductSchemaRow> rows;
    for (const auto direction : {catalog::PortDirection::Output, catalog::PortDirection::Input}) {
        for (const auto& port : product.ports) {
            if (port.direction != direction) {
                continue;
            }
            ProductSchemaRow row;
            row.topic = text(port.topic);
            row.isOutput = direction == catalog::PortDirection::Output;
            const auto subjects = subjectsOf(book, names, row.topic);
            for (const auto& subject : subjects) {
                const auto latest = book.latest(subject.toStdString());
                row.subject = subject;
                row.version = latest->version;
                row.language = languageWord(latest->definition->type);
                row.level = levelWord(book.levelOf(latest->subject));
                row.changedMs = latest->writtenMs;
                rows.push_back(row);
            }
            if (subjects.isEmpty()) {
                rows.push_back(row);
            }
        }
    }
    return rows;
}

ProductSchemasModel::ProductSchemasModel(QObject* parent)
    : RowsModel({{QStringLiteral("topic"), tr("Topic"), 215, false, false},
                 {QStringLiteral("port"), tr("Port"), 64, false, false},
                 {QStringLiteral("subject"), tr("Subject"), 240, false, true},
                 {QStringLiteral("version"), tr("Latest"), 60, false, false},
                 {QStringLiteral("language"), tr("Language"), 100, false, false},
                 {QStringLiteral("level"), tr("Compatibility"), 120, false, false},
                 {QStringLiteral("changed"), timeTitle(tr("Changed")), 150, false, false}},
                parent) {}

QString ProductSchemasModel::key(const ProductSchemaRow& row) const {
    return (row.isOutput ? QStringLiteral("o") : QStringLiteral("i")) + row.topic + u'\n' + row.subject;
}

Cell ProductSchemasModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Topic:
        return {cell::icon(QStringLiteral("topic")), cell::strong(one.topic)};
    case Port:
        return {cell::secondary(one.isOutput ? tr("output") : tr("input"))};
    case Subject:
        return one.subject.isEmpty() ? Cell{cell::chip(tr("no schema"), Tone::Warn, QStringLiteral("warning"))}
                                     : Cell{cell::text(one.subject)};
    case Version:
        return one.version == 0 ? Cell{} : Cell{cell::text(versionWord(one.version))};
    case Language:
        return {cell::secondary(one.language)};
    case Level:
        return {cell::secondary(one.level)};
    case Changed:
        return one.changedMs < 0 ? Cell{} : Cell{cell::secondary(formatTime(one.changedMs).left(19))};
    default:
        return {};
    }
}

QVariant ProductSchemasModel::sortKey(int row, int column) const {
    return column == Version   ? QVariant(at(row).version)
           : column == Changed ? QVariant(static_cast<qint64>(at(row).changedMs))
                               : QVariant(plain(row, column));
}

QString ProductSchemasModel::copyText(int row, int column) const {
    return column == Changed ? (at(row).changedMs < 0 ? QString() : isoTime(at(row).changedMs)) : plain(row, column);
}

} // namespace meshbone::ui
