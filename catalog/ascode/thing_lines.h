// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "yaml/yaml_text.h"

#include <catalog/access_file.h>

namespace meshbone::catalog {

// What a file says of one thing, without its id, in the one spelling that there is: for files and for differences.
Lines linesOf(const FilePolicy& policy);
Lines linesOf(const FilePrincipal& principal);
Lines linesOf(const FileProduct& product);
Lines linesOf(const FileTopic& topic);
Lines linesOf(const FileGrant& grant);

const std::string& idOf(const FilePolicy& policy);
const std::string& idOf(const FilePrincipal& principal);
const std::string& idOf(const FileProduct& product);
const std::string& idOf(const FileTopic& topic);
const std::string& idOf(const FileGrant& grant);

/// The shortest spelling of a time that reads as the same: "2027-03-01" where it is a midnight.
std::string shownTime(TimestampMs timeMs);

/// The first line of every file, which says what it is.
inline constexpr std::string_view kFormKey = "meshbone", kForm = "access/1";

} // namespace meshbone::catalog
