// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/option_text.h"

#include "schema/protobuf/aggregate_text.h"
#include "schema/protobuf/pre_scan.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog::protobuf {

namespace {

using google::protobuf::UninterpretedOption;

std::string nameText(const UninterpretedOption& option) {
    std::string text;
    for (const auto& part : option.name()) {
        text += text.empty() ? "" : ".";
        text += part.is_extension() ? fmt::format("({})", part.name_part()) : part.name_part();
    }
    return text;
}

std::string valueText(const UninterpretedOption& option, bool isNormalized) {
    if (option.has_identifier_value()) {
        return option.identifier_value();
    }
    if (option.has_positive_int_value()) {
        return fmt::format("{}", option.positive_int_value());
    }
    if (option.has_negative_int_value()) {
        return fmt::format("{}", option.negative_int_value());
    }
    if (option.has_double_value()) {
        return fmt::format("{}", option.double_value());
    }
    if (option.has_string_value()) {
        return quotedText(option.string_value());
    }
    return aggregateText(option.aggregate_value(), isNormalized);
}

} // namespace

std::vector<OptionText>
optionTexts(const google::protobuf::RepeatedPtrField<google::protobuf::UninterpretedOption>& options,
            bool isNormalized) {
    std::vector<OptionText> texts;
    texts.reserve(static_cast<std::size_t>(options.size()));
    for (const auto& option : options) {
        texts.push_back({option.name_size() > 0 ? option.name(0).name_part() : std::string(),
                         fmt::format("{} = {}", nameText(option), valueText(option, isNormalized))});
    }
    if (isNormalized) {
        sortOptions(texts);
    }
    return texts;
}

void sortOptions(std::vector<OptionText>& options) {
    // Stable: of a name that is given several times, the order may be that of a list.
    std::ranges::stable_sort(options, {}, &OptionText::sortName);
}

std::string bracketedOptions(const std::vector<OptionText>& options) {
    if (options.size() == 1) {
        return fmt::format("[{}]", options.front().text);
    }
    std::string out = "[\n";
    for (std::size_t i = 0; i < options.size(); ++i) {
        appendIndented(out, options[i].text + (i + 1 < options.size() ? "," : ""));
    }
    return out + "]";
}

std::string quotedText(std::string_view text) {
    const bool isUtf8 = firstNonUtf8(text) == text.size(); // else bytes that were written as escapes
    std::string out = "\"";
    for (const auto c : text) {
        constexpr std::string_view kEscaped = "\a\b\f\n\r\t\v\\'\"";
        constexpr std::string_view kLetters = "abfnrtv\\'\"";
        if (const auto found = kEscaped.find(c); found != std::string_view::npos) {
            out += '\\';
            out += kLetters[found];
        } else if (const auto byte = static_cast<unsigned char>(c);
                   byte < 0x20 || byte == 0x7f || (byte > 0x7f && !isUtf8)) {
            out += fmt::format("\\{:03o}", byte);
        } else {
            out += c;
        }
    }
    return out + "\"";
}

void appendIndented(std::string& out, std::string_view value) {
    while (value.ends_with('\n')) {
        value.remove_suffix(1);
    }
    while (true) {
        const auto end = value.find('\n');
        out += "  ";
        out += value.substr(0, end);
        out += '\n';
        if (end == std::string_view::npos) {
            return;
        }
        value.remove_prefix(end + 1);
    }
}

} // namespace meshbone::catalog::protobuf
