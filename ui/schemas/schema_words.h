// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <QString>

namespace meshbone::ui {

inline const QString kSchemasPage = QStringLiteral("schemas");

QString languageWord(catalog::SchemaType type);       ///< "Avro", "JSON Schema", "Protobuf"
QString levelWord(catalog::CompatibilityLevel level); ///< "BACKWARD": as the registry and its users call it
QString versionWord(int version);                     ///< "v3"
QString policyWord(catalog::CompatibilityPolicy policy);
QString modeWord(catalog::SubjectMode mode);
QString validationWord(catalog::WriteValidation validation);   ///< "REFUSE"
QString validationEffect(catalog::WriteValidation validation); ///< what comes of it, a sentence
/// Where in a text it is, in words: "line 3, column 14"; empty: nobody knows.
QString placeWord(const catalog::TextPlace& place);

} // namespace meshbone::ui
