// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/field_tree.h"
#include "schemas/pretty_text.h"

#include <catalog/schema_book.h>

#include <QString>
#include <QStringList>

#include <memory>
#include <stop_token>

namespace meshbone::ui {

/// Fields that came, went or became others from one version to the next, by path.
struct VersionChange {
    QStringList added, removed, changed;
};
VersionChange changeBetween(const std::vector<catalog::SchemaField>& before,
                            const std::vector<catalog::SchemaField>& after);

/// What there is to say of one version.
struct VersionFacts {
    catalog::SchemaVersion version;
    std::string name; ///< what it calls its top
    std::vector<catalog::SchemaField> fields;
    FieldTreePtr tree; ///< the same as a tree; null: it can't be parsed
    PrettyText pretty;
    std::string problem; ///< why it can't be parsed, a sentence
    VersionChange change;
    /// Does it read what the version before wrote, and the other way round? Nothing: there is none, or they can't be
    /// compared.
    std::optional<bool> readsBefore, isReadByBefore;
};

/// A subject with all of its versions, the oldest first; deleted ones among them.
struct SubjectFacts {
    QString subject;
    std::vector<VersionFacts> versions;
    catalog::CompatibilityLevel level = catalog::CompatibilityLevel::Backward;
    catalog::CompatibilityPolicy policy = catalog::CompatibilityPolicy::Strict;
    [[nodiscard]] const VersionFacts* version(int number) const; ///< null: there is none
    [[nodiscard]] const VersionFacts* latest() const;            ///< that isn't deleted; null: all are
};
using SubjectFactsPtr = std::shared_ptr<const SubjectFacts>;

/// Parses and compares: for a job. Cancelled when it is asked to stop.
Result<SubjectFactsPtr> subjectFacts(const catalog::SchemaBook& book, const std::string& subject,
                                     const std::stop_token& stop);

/// "5 fields" for the first version, then "added sig, nst; removed felt", or how many where they are many.
QString changeWords(const SubjectFacts& facts, std::size_t index);
/// How the version gets on with the one before: "backward and forward", "backward", "forward", "neither"; empty: there
/// is nothing to compare with.
QString compatibilityWord(const VersionFacts& version);
/// Whether that is what the level wants.
bool keepsLevel(const VersionFacts& version, catalog::CompatibilityLevel level);

} // namespace meshbone::ui
