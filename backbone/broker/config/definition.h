// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone::broker {

/// The numbers are those of DescribeConfigs v3.
enum class ConfigType : std::int8_t {
    Boolean = 1,
    String = 2,
    Int = 3,
    Short = 4,
    Long = 5,
    Double = 6,
    List = 7,
    Password = 9
};

/// Where a value comes from; the numbers are those of DescribeConfigs.
enum class ConfigOrigin : std::int8_t {
    Topic = 1,
    DynamicBroker = 2,
    DynamicDefaultBroker = 3,
    StaticBroker = 4,
    Default = 5
};

/// One configuration key as Kafka documents it. Static data.
struct ConfigDefinition {
    std::string_view name;
    ConfigType type = ConfigType::String;
    const char* defaultValue = nullptr; ///< null: Kafka has no default
    std::string_view documentation;
    std::int64_t min = std::numeric_limits<std::int64_t>::min();
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::string_view allowed = {}; ///< comma-separated; empty: anything
    bool dynamic = false;          ///< of a broker key: may be changed while it runs

    /// A secret: never shown.
    [[nodiscard]] bool isSensitive() const { return type == ConfigType::Password; }
    /// Whether the text is a legal value; the sentence names key, value and what is legal.
    [[nodiscard]] Status validate(std::string_view value) const;
};

/// Parsed values; the text must be valid already.
std::int64_t configInteger(std::string_view text);
double configDouble(std::string_view text);
bool configBoolean(std::string_view text);

} // namespace meshbone::backbone::broker
