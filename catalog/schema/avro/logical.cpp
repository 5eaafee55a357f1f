// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/logical.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace meshbone::catalog::avro {

namespace {

struct Rule {
    Logical logical;
    Kind kind;
};
constexpr std::array kRules{
    Rule{Logical::Uuid, Kind::String},
    Rule{Logical::Date, Kind::Int},
    Rule{Logical::TimeMillis, Kind::Int},
    Rule{Logical::TimeMicros, Kind::Long},
    Rule{Logical::TimestampMillis, Kind::Long},
    Rule{Logical::TimestampMicros, Kind::Long},
    Rule{Logical::TimestampNanos, Kind::Long},
    Rule{Logical::LocalTimestampMillis, Kind::Long},
    Rule{Logical::LocalTimestampMicros, Kind::Long},
    Rule{Logical::LocalTimestampNanos, Kind::Long},
};

const JsonTree* prop(const Node& node, std::string_view name) {
    const auto found = std::ranges::find(node.props, name, &JsonMember::first);
    return found == node.props.end() ? nullptr : &found->second;
}

/// The most decimal digits that a fixed of so many bytes holds: floor(log10(2^(8n-1) - 1)).
std::int64_t mostDigits(std::int64_t bytes) {
    return static_cast<std::int64_t>(std::floor(std::log10(2.0) * static_cast<double>(8 * bytes - 1)));
}

void applyDecimal(Node& node) {
    const auto* precision = prop(node, "precision");
    const auto* scale = prop(node, "scale");
    const auto digits = precision ? precision->asInteger().value_or(0) : 0;
    const auto after = scale ? scale->asInteger().value_or(-1) : 0;
    const auto most = node.kind == Kind::Fixed ? std::min<std::int64_t>(mostDigits(node.fixedSizeBytes), 1000) : 1000;
    if ((node.kind != Kind::Bytes && node.kind != Kind::Fixed) || digits <= 0 || digits > most || after < 0 ||
        after > digits) {
        return;
    }
    node.logical = Logical::Decimal;
    node.precision = static_cast<int>(digits);
    node.scale = static_cast<int>(after);
}

} // namespace

void applyLogicalType(Node& node) {
    const auto* type = prop(node, "logicalType");
    if (!type || !type->is(JsonTree::Kind::String)) {
        return;
    }
    if (type->text == "decimal") {
        applyDecimal(node);
    } else if (type->text == "duration" && node.kind == Kind::Fixed && node.fixedSizeBytes == 12) {
        node.logical = Logical::Duration;
    } else if (type->text == "uuid" && node.kind == Kind::Fixed && node.fixedSizeBytes == 16) {
        node.logical = Logical::Uuid;
    }
    for (const auto& rule : kRules) {
        if (rule.kind == node.kind && type->text == logicalName(rule.logical)) {
            node.logical = rule.logical;
        }
    }
}

} // namespace meshbone::catalog::avro
