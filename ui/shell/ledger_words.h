// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <QString>

namespace meshbone::ui {

struct AccessState;

// A ledger entry in a person's words. Acts that are not known keep their own name.

QString actIcon(const std::string& act);
QString actTitle(const std::string& act);              ///< "Topic configured": of all entries of the act
QString entryTitle(const catalog::LedgerEntry& entry); ///< "Principal disabled": of this one, by what it changed
/// What it is about: "User:dashboard, flights.v1" for a request or grant, "ALLOW READ on …" for a binding.
/// Requests and grants are looked up in `access`; without it their id stands for them.
QString entrySubject(const catalog::LedgerEntry& entry, const AccessState* access = nullptr);
QString actSentence(const catalog::LedgerEntry& entry, const AccessState* access = nullptr); ///< title and subject
/// "User:dashboard, flights.v1 and 2 more".
QString scopeInShort(const catalog::AccessScope& scope);

/// A value as a person reads it: a time as a time, the name of a state without its underscore, of a document how long
/// it is; else as it is.
QString shownValue(const QString& field, const QString& value);
/// A value in a person's units beside the exact one: "268435456" is "256 MiB" in a field named in bytes. Empty: none.
QString humanValue(const QString& field, const QString& value);

} // namespace meshbone::ui
