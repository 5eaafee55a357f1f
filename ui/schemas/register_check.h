// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/contract_of.h>
#include <catalog/schema_book.h>

#include <QStringList>

namespace meshbone::ui {

/// What there is to say of a text that may be registered, before anything is done.
struct RegisterCheck {
    std::string problem;             ///< why it can't be parsed; nothing else is set then
    catalog::ParsedSchemaPtr schema; ///< it
    std::string already;             ///< of which version it is the text, "v2"; empty: of none
    catalog::SchemaVerdict verdict;  ///< of the rules
    std::string verdictProblem;      ///< why they can't say
    QStringList touched;             ///< fields of the latest version that it hasn't any more, or has changed
    std::vector<catalog::BrokenContract> broken; ///< contracts of the topic that it wouldn't keep
};
/// Parses and compares: for a job. `catalog`: where the contracts are; null: they aren't asked.
RegisterCheck checkToRegister(const catalog::SchemaBook& book, const std::string& subject,
                              const catalog::SchemaDefinition& definition, const catalog::Catalog* catalog = nullptr);

} // namespace meshbone::ui
