// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

#include <string>
#include <string_view>
#include <vector>

namespace meshbone::app::demo {

/// How a topic's values look: the versions that its schema went through, oldest first.
struct TopicSchemas {
    catalog::SchemaType type = catalog::SchemaType::Avro;
    std::vector<std::string_view> versions;
};
/// Every topic of the demo has one.
TopicSchemas schemasOf(const std::string& topic);
/// The subject that describes a topic's values.
std::string valueSubject(const std::string& topic);

/// The version that wrote the event of that place in a data set of `events`, as an index: the first half of the first
/// pass is parted between the older versions, and everything after it is of the newest.
std::size_t versionAt(std::int64_t place, std::int64_t events, std::size_t versions);

/// An event of the newest version as a client that knows only `version` writes it: what that one doesn't have is left
/// out, what it called otherwise (by the newest's aliases) has its old name.
std::string asKnownBy(const std::string& json, const catalog::ParsedSchema& version,
                      const catalog::ParsedSchema& newest);

} // namespace meshbone::app::demo
