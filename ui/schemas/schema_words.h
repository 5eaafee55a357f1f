// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <QString>

#include <string>
#include <unordered_set>

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

/// The topics that subjects can be named after.
class TopicNames {
public:
    void add(const std::string& topic) { m_names.insert(topic); }
    /// The topic whose name a subject carries: of several the longest, since "quakes-near-airports-value" is no
    /// subject of a topic "quakes". Empty: none.
    [[nodiscard]] std::string topicOf(const std::string& subject) const;

private:
    std::unordered_set<std::string> m_names;
};

} // namespace meshbone::ui
