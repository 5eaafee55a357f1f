// SPDX-License-Identifier: Apache-2.0
#include "topics/event_example.h"

#include "message/payload.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>
#include <ranges>

namespace meshbone::ui {

namespace {

bool hasWord(const std::string& type, std::initializer_list<const char*> words) {
    return std::ranges::any_of(words, [&](const char* word) { return type.find(word) != std::string::npos; });
}

/// Nothing: none is obvious.
std::optional<QJsonValue> emptyValue(const std::string& type) {
    if (hasWord(type, {"null"})) {
        return QJsonValue(QJsonValue::Null);
    }
    if (hasWord(type, {"array", "repeated", "list"})) {
        return QJsonArray();
    }
    if (hasWord(type, {"map", "object"})) {
        return QJsonObject();
    }
    if (hasWord(type, {"timestamp"})) {
        return QStringLiteral("2026-01-01T00:00:00.000Z");
    }
    if (hasWord(type, {"date"})) {
        return QStringLiteral("2026-01-01");
    }
    if (hasWord(type, {"string"})) {
        return QString();
    }
    if (hasWord(type, {"bool"})) {
        return false;
    }
    if (hasWord(type, {"int", "long", "float", "double", "number", "fixed32", "fixed64"})) {
        return 0;
    }
    return std::nullopt;
}

QJsonObject objectAt(const std::vector<catalog::SchemaField>& fields, const std::string& prefix) {
    QJsonObject object;
    for (const auto& field : fields) {
        const auto name = field.path.starts_with(prefix) ? field.path.substr(prefix.size()) : std::string();
        if (name.empty() || name.find_first_of(".[{<") != std::string::npos) {
            continue;
        }
        const auto inner = field.path + ".";
        const bool isNested = std::ranges::any_of(
            fields, [&](const catalog::SchemaField& other) { return other.path.starts_with(inner); });
        const auto value = isNested && !hasWord(field.type, {"null"})
                               ? std::optional<QJsonValue>(objectAt(fields, inner))
                               : emptyValue(field.type);
        if (value || !field.isOptional) {
            object.insert(QString::fromStdString(name), value.value_or(QString()));
        }
    }
    return object;
}

} // namespace

QString eventSkeleton(const std::vector<catalog::SchemaField>& fields) {
    return QString::fromUtf8(QJsonDocument(objectAt(fields, {})).toJson(QJsonDocument::Indented)).trimmed();
}

QString eventExample(const catalog::SchemaBook& book, const catalog::SchemaVersion& schema,
                     const std::vector<Record>& newest) {
    for (const auto& record : std::views::reverse(newest)) {
        const auto part = book.decode(record, false);
        if (part.schema && part.schema->subject == schema.subject && part.isDecoded() &&
            book.encode(schema, part.json)) {
            return payloadPretty(part.json).trimmed();
        }
    }
    const auto parsed = book.parsed(schema);
    return parsed ? eventSkeleton((*parsed)->fields()) : QStringLiteral("{}");
}

} // namespace meshbone::ui
