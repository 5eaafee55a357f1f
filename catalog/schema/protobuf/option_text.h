// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog::protobuf {

/// An option as it is written, `name = value`, where the value may have several lines.
struct OptionText {
    std::string sortName; ///< its first part without parentheses: what normalizing sorts by
    std::string text;
};

/// The options that stand in a text; sorted by name, also inside of their values, when normalizing.
std::vector<OptionText>
optionTexts(const google::protobuf::RepeatedPtrField<google::protobuf::UninterpretedOption>& options,
            bool isNormalized);
void sortOptions(std::vector<OptionText>& options);

/// "option a = 1;", one a line.
template <class Options>
std::string optionStatements(const Options& options, bool isNormalized) {
    std::string out;
    for (const auto& option : optionTexts(options.uninterpreted_option(), isNormalized)) {
        out += "option " + option.text + ";\n";
    }
    return out;
}

/// "[a = 1]", or one a line when there are several.
std::string bracketedOptions(const std::vector<OptionText>& options);

/// With quotes, and what would end it escaped.
std::string quotedText(std::string_view text);

/// Each line of `value`, indented by two, also an empty one.
void appendIndented(std::string& out, std::string_view value);

} // namespace meshbone::catalog::protobuf
