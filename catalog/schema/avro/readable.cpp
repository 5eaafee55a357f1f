// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/readable.h"

#include "schema/avro/calendar.h"
#include "schema/avro/decimal.h"
#include "schema/avro/defaults.h"
#include "schema/uuid_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace meshbone::catalog::avro {

namespace {

enum class Form : std::uint8_t { Number, Date, Time, Moment };
struct Shape {
    Form form = Form::Number;
    int digits = 0;
    bool isUtc = false;
};

Shape shapeOf(Logical logical) {
    switch (logical) {
    case Logical::Date:
        return {Form::Date, 0, false};
    case Logical::TimeMillis:
        return {Form::Time, 3, false};
    case Logical::TimeMicros:
        return {Form::Time, 6, false};
    case Logical::TimestampMillis:
        return {Form::Moment, 3, true};
    case Logical::TimestampMicros:
        return {Form::Moment, 6, true};
    case Logical::TimestampNanos:
        return {Form::Moment, 9, true};
    case Logical::LocalTimestampMillis:
        return {Form::Moment, 3, false};
    case Logical::LocalTimestampMicros:
        return {Form::Moment, 6, false};
    case Logical::LocalTimestampNanos:
        return {Form::Moment, 9, false};
    default:
        return {};
    }
}

bool appendShaped(std::string& out, std::int64_t value, const Shape& shape) {
    switch (shape.form) {
    case Form::Date:
        return appendDate(out, value);
    case Form::Time:
        return appendTime(out, value, shape.digits);
    case Form::Moment:
        return appendMoment(out, value, shape.digits);
    case Form::Number:
        break;
    }
    return false;
}

std::uint32_t littleEndian(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

void appendDuration(std::string& out, std::string_view bytes) {
    const auto ms = littleEndian(bytes, 8);
    fmt::format_to(std::back_inserter(out), "\"P{}M{}DT{}.{:03}S\"", littleEndian(bytes, 0), littleEndian(bytes, 4),
                   ms / 1000, ms % 1000);
}

std::optional<std::uint32_t> takeCount(std::string_view& text, char unit) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data() + text.size() || *end != unit) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return value;
}

/// "P1M2DT3.500S", with all four counts, as appendDuration writes it.
std::optional<std::string> durationBytes(std::string_view text) {
    if (!text.starts_with('P')) {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const auto months = takeCount(text, 'M');
    const auto days = months ? takeCount(text, 'D') : std::nullopt;
    if (!days || !text.starts_with('T')) {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const auto seconds = takeCount(text, '.');
    const auto ms = seconds ? takeCount(text, 'S') : std::nullopt;
    if (!ms || !text.empty() || *ms > 999 || *seconds > (std::numeric_limits<std::uint32_t>::max() - *ms) / 1000) {
        return std::nullopt;
    }
    std::string bytes;
    for (const std::uint32_t value : {*months, *days, *seconds * 1000 + *ms}) {
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    return bytes;
}

std::optional<std::string> uuidBytes(std::string_view text) {
    std::string bytes;
    if (text.size() != 36) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < text.size();) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i++] != '-') {
                return std::nullopt;
            }
            continue;
        }
        unsigned value = 0;
        const auto [end, error] = std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
        if (error != std::errc() || end != text.data() + i + 2) {
            return std::nullopt;
        }
        bytes += static_cast<char>(value);
        i += 2;
    }
    return bytes;
}

} // namespace

void appendInteger(std::string& out, std::int64_t value, Logical logical) {
    if (const auto shape = shapeOf(logical); shape.form != Form::Number) {
        const auto begun = out.size();
        out += '"';
        if (appendShaped(out, value, shape)) {
            out += shape.isUtc ? "Z\"" : "\"";
            return;
        }
        out.resize(begun);
    }
    const fmt::format_int digits(value);
    out.append(digits.data(), digits.size());
}

void appendFloating(std::string& out, double value, bool isFloat) {
    if (!std::isfinite(value)) {
        out += std::isnan(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    } else if (isFloat) {
        fmt::format_to(std::back_inserter(out), "{}", static_cast<float>(value));
    } else {
        fmt::format_to(std::back_inserter(out), "{}", value);
    }
}

void appendBytes(std::string& out, std::string_view bytes, const Node& node) {
    if (node.logical == Logical::Decimal) {
        if (const auto text = decimalText(bytes, node.scale)) {
            out += '"' + *text + '"';
            return;
        }
    } else if (node.logical == Logical::Duration && bytes.size() == 12) {
        return appendDuration(out, bytes);
    } else if (node.logical == Logical::Uuid && bytes.size() == 16) {
        out += '"' + uuidText(bytes) + '"';
        return;
    }
    std::string utf8;
    for (const char c : bytes) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x80) {
            utf8 += c;
        } else {
            utf8 += static_cast<char>(0xC0U | (octet >> 6));
            utf8 += static_cast<char>(0x80U | (octet & 0x3FU));
        }
    }
    appendJsonString(out, utf8);
}

std::optional<std::int64_t> integerOf(std::string_view text, Logical logical) {
    const auto shape = shapeOf(logical);
    if (shape.isUtc) {
        if (!text.ends_with('Z')) {
            return std::nullopt;
        }
        text.remove_suffix(1);
    }
    switch (shape.form) {
    case Form::Date:
        return dateOf(text);
    case Form::Time:
        return timeOf(text, shape.digits);
    case Form::Moment:
        return momentOf(text, shape.digits);
    case Form::Number:
        break;
    }
    return std::nullopt;
}

std::optional<double> floatingOf(const JsonTree& value) {
    if (value.is(JsonTree::Kind::Number)) {
        double number = 0;
        const auto [end, error] = std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
        return error == std::errc() && end == value.text.data() + value.text.size() ? std::optional(number)
                                                                                    : std::nullopt;
    }
    if (value.isString("NaN")) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (value.isString("Infinity") || value.isString("-Infinity")) {
        return value.text.front() == '-' ? -std::numeric_limits<double>::infinity()
                                         : std::numeric_limits<double>::infinity();
    }
    return std::nullopt;
}

std::optional<std::string> bytesOf(std::string_view text, const Node& node) {
    const auto size = node.kind == Kind::Fixed ? static_cast<std::size_t>(node.fixedSizeBytes) : 0;
    std::optional<std::string> bytes;
    if (node.logical == Logical::Decimal) {
        bytes = decimalBytes(text, node.precision, node.scale, size);
    } else if (node.logical == Logical::Duration) {
        bytes = durationBytes(text);
    } else if (node.logical == Logical::Uuid) {
        bytes = uuidBytes(text);
    } else {
        bytes = bytesOfDefault(text);
    }
    return bytes && (node.kind != Kind::Fixed || bytes->size() == size) ? bytes : std::nullopt;
}

} // namespace meshbone::catalog::avro
