// SPDX-License-Identifier: Apache-2.0
#include "schemas/fields_model.h"

#include "widgets/format.h"

#include <set>

namespace meshbone::ui {

std::vector<catalog::SchemaField> withoutDoubles(std::vector<catalog::SchemaField> fields) {
    std::set<std::string> seen;
    std::erase_if(fields, [&](const catalog::SchemaField& field) { return !seen.insert(field.path).second; });
    return fields;
}

FieldsModel::FieldsModel(QObject* parent)
    : RowsModel({{QStringLiteral("field"), tr("Field"), 210, false, false},
                 {QStringLiteral("type"), tr("Type"), 170, false, false},
                 {QStringLiteral("optional"), tr("Must be there"), 110, false, false},
                 {QStringLiteral("doc"), tr("What it is"), 200, false, true},
                 {QStringLiteral("tags"), tr("Tags"), 110, false, false}},
                parent) {}

Cell FieldsModel::cell(int row, int column) const {
    const auto& field = at(row);
    switch (column) {
    case Field:
        return {cell::mono(text(field.path))};
    case Type:
        return {cell::secondary(text(field.type))};
    case Optional:
        return {field.isOptional ? cell::text(tr("optional"), Token::Text3) : cell::text(tr("required"))};
    case Doc: {
        Cell parts{cell::secondary(text(field.doc).simplified())};
        if (!field.aliases.empty()) {
            QStringList names;
            std::ranges::for_each(field.aliases, [&](const std::string& alias) { names << text(alias); });
            parts << cell::sub(tr("also called %1").arg(names.join(QStringLiteral(", "))));
        }
        return parts;
    }
    case Tags: {
        Cell chips;
        for (const auto& tag : field.tags) {
            chips << cell::chip(text(tag), Tone::Warn);
        }
        return chips;
    }
    default:
        return {};
    }
}

QVariant FieldsModel::sortKey(int row, int column) const {
    return column == Field ? QVariant(row) : QVariant(plain(row, column)); // the order of the text
}

QString FieldsModel::copyText(int row, int column) const {
    return column == Doc ? text(at(row).doc) : plain(row, column);
}

} // namespace meshbone::ui
