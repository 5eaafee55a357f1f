// SPDX-License-Identifier: Apache-2.0
#include "schemas/schema_words.h"

#include <QCoreApplication>

namespace meshbone::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Schemas", text);
}

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

QString languageWord(catalog::SchemaType type) {
    switch (type) {
    case catalog::SchemaType::Avro:
        return QStringLiteral("Avro");
    case catalog::SchemaType::Json:
        return QStringLiteral("JSON Schema");
    case catalog::SchemaType::Protobuf:
        return QStringLiteral("Protobuf");
    }
    return {};
}

QString levelWord(catalog::CompatibilityLevel level) {
    return fromView(catalog::levelName(level));
}

QString versionWord(int version) {
    return QStringLiteral("v%1").arg(version);
}

QString policyWord(catalog::CompatibilityPolicy policy) {
    return policy == catalog::CompatibilityPolicy::Lenient ? QStringLiteral("LENIENT") : QStringLiteral("STRICT");
}

QString modeWord(catalog::SubjectMode mode) {
    return fromView(catalog::modeName(mode));
}

QString validationWord(catalog::WriteValidation validation) {
    return fromView(catalog::validationName(validation));
}

QString validationEffect(catalog::WriteValidation validation) {
    switch (validation) {
    case catalog::WriteValidation::Off:
        return tr("OFF: whatever is written to the topic is taken.");
    case catalog::WriteValidation::Log:
        return tr("LOG: events that aren't of the subject are taken, and marked in the tab Schema of the topic.");
    case catalog::WriteValidation::Refuse:
        return tr(
            "REFUSE: the embedded broker takes only events of the subject; a producer of others gets an error, and "
            "nothing of its batch is written. Another cluster's broker asks nobody: there they are marked.");
    }
    return {};
}

QString placeWord(const catalog::TextPlace& place) {
    return place.line <= 0 ? QString() : tr("line %1, column %2").arg(place.line).arg(place.column);
}

} // namespace meshbone::ui
