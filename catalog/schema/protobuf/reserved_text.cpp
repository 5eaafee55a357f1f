// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/reserved_text.h"

#include "schema/protobuf/option_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <tuple>

namespace meshbone::catalog::protobuf {

namespace {

using namespace google::protobuf;

enum class Container { File, Message, Enum, Other };

// The numbers of descriptor.proto's fields, as plain numbers: they are of a different type for each message.
constexpr int kMessageOfFile = FileDescriptorProto::kMessageTypeFieldNumber;
constexpr int kEnumOfFile = FileDescriptorProto::kEnumTypeFieldNumber;
constexpr int kMessageOfMessage = DescriptorProto::kNestedTypeFieldNumber;
constexpr int kEnumOfMessage = DescriptorProto::kEnumTypeFieldNumber;
constexpr int kRangeOfMessage = DescriptorProto::kReservedRangeFieldNumber;
constexpr int kNameOfMessage = DescriptorProto::kReservedNameFieldNumber;
constexpr int kRangeOfEnum = EnumDescriptorProto::kReservedRangeFieldNumber;
constexpr int kNameOfEnum = EnumDescriptorProto::kReservedNameFieldNumber;

/// What the descriptor is that the first `length` numbers of a location's path lead to.
Container containerAt(const SourceCodeInfo::Location& location, int length) {
    auto container = Container::File;
    for (int i = 0; i + 1 < length; i += 2) {
        const auto field = location.path(i);
        const bool isFile = container == Container::File;
        if (container != Container::File && container != Container::Message) {
            return Container::Other;
        }
        if (field == (isFile ? kMessageOfFile : kMessageOfMessage)) {
            container = Container::Message;
        } else if (field == (isFile ? kEnumOfFile : kEnumOfMessage)) {
            container = Container::Enum;
        } else {
            return Container::Other;
        }
    }
    return container;
}

/// One reserved thing; numbers sort before names, as in the registry's normalized form.
struct Reserved {
    std::int64_t order = std::numeric_limits<std::int64_t>::max();
    std::string text;
};

Reserved reservedRange(std::int64_t first, std::int64_t last) {
    return {first, first == last ? fmt::format("{}", first) : fmt::format("{} to {}", first, last)};
}

Reserved reservedOf(const DescriptorProto& message, bool isName, int index) {
    if (isName) {
        return {.text = quotedText(message.reserved_name(index))};
    }
    const auto& range = message.reserved_range(index); // its end is one beyond
    return reservedRange(range.start(), std::int64_t{range.end()} - 1);
}

Reserved reservedOf(const EnumDescriptorProto& one, bool isName, int index) {
    if (isName) {
        return {.text = quotedText(one.reserved_name(index))};
    }
    const auto& range = one.reserved_range(index); // its end is in it
    return reservedRange(range.start(), range.end());
}

template <class Proto, class Statements>
std::vector<std::string> statementTexts(const Proto& proto, const Statements& statements, bool isNormalized) {
    std::vector<Reserved> all;
    for (const auto& statement : statements) {
        std::vector<std::string> items;
        for (const auto& item : statement) {
            auto reserved = reservedOf(proto, item.isName, item.index);
            if (isNormalized) {
                all.push_back(std::move(reserved));
            } else {
                items.push_back(std::move(reserved.text));
            }
        }
        if (!isNormalized) {
            all.push_back({0, fmt::format("{}", fmt::join(items, ", "))});
        }
    }
    if (isNormalized) {
        std::ranges::sort(all, {}, [](const Reserved& one) { return std::tie(one.order, one.text); });
    }
    std::vector<std::string> texts;
    std::ranges::transform(all, std::back_inserter(texts),
                           [](const Reserved& one) { return fmt::format("reserved {};", one.text); });
    return texts;
}

} // namespace

ReservedStatements::ReservedStatements(const ParsedFile& file) {
    for (const auto& location : file.proto.source_code_info().location()) {
        const auto size = location.path_size();
        const auto length = size % 2 == 1 ? size - 1 : size - 2; // of the path of what it would be in
        if (length < 2) {
            continue;
        }
        const auto container = containerAt(location, length);
        const auto field = location.path(length);
        const bool isMessage = container == Container::Message;
        const bool isRange = field == (isMessage ? kRangeOfMessage : kRangeOfEnum);
        const bool isName = field == (isMessage ? kNameOfMessage : kNameOfEnum);
        if ((!isMessage && container != Container::Enum) || (!isRange && !isName)) {
            continue;
        }
        // A statement's own location comes first, then those of what is in it.
        auto& statements = m_statements[DescriptorPath(location.path().begin(), location.path().begin() + length)];
        if (size == length + 1) {
            statements.emplace_back();
        } else if (!statements.empty()) {
            statements.back().push_back({isName, location.path(length + 1)});
        }
    }
}

std::vector<std::string> ReservedStatements::texts(const DescriptorProto& message, const DescriptorPath& path,
                                                   bool isNormalized) const {
    const auto found = m_statements.find(path);
    return found == m_statements.end() ? std::vector<std::string>{}
                                       : statementTexts(message, found->second, isNormalized);
}

std::vector<std::string> ReservedStatements::texts(const EnumDescriptorProto& one, const DescriptorPath& path,
                                                   bool isNormalized) const {
    const auto found = m_statements.find(path);
    return found == m_statements.end() ? std::vector<std::string>{} : statementTexts(one, found->second, isNormalized);
}

} // namespace meshbone::catalog::protobuf
