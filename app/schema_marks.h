// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "book_keeper.h"

#include <catalog/schema_fetches.h>
#include <catalog/schema_guard.h>

#include <filesystem>
#include <string>

namespace meshbone::app {

/// Where the marks of a state folder are kept: what was written against its schema, and how far was looked.
std::filesystem::path marksFile(const std::filesystem::path& stateFolder);
/// What is kept there; nothing where nothing was marked yet. Corrupt or Io with a sentence.
Result<std::vector<catalog::TopicViolations>> readMarks(const std::filesystem::path& stateFolder);

/// Keeps what was marked in its file.
class MarksKeeper : public BookKeeper {
public:
    MarksKeeper(catalog::ViolationBook& book, std::filesystem::path file, std::string program);
};

/// Keeps who asked a registry for schemas in its file.
class FetchesKeeper : public BookKeeper {
public:
    FetchesKeeper(catalog::SchemaFetches& book, std::filesystem::path file, std::string program);
};

/// From now on the guard waits, after a start, until it knows what holds for the topics that refused when it last ran;
/// which these are is kept in the state folder before it begins to hold. Before the broker starts.
void rememberGuarded(catalog::SchemaGuard& guard, const std::filesystem::path& stateFolder, const std::string& program);

} // namespace meshbone::app
