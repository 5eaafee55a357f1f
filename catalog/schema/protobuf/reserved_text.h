// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/parsed_file.h"

#include <map>

namespace meshbone::catalog::protobuf {

/// The path of a message or enum in a FileDescriptorProto, as SourceCodeInfo writes it.
using DescriptorPath = std::vector<int>;

/// The `reserved` statements of a file: descriptors keep what is reserved, but not which of it stood in one statement.
/// Refers to the file. Immutable.
class ReservedStatements {
public:
    explicit ReservedStatements(const ParsedFile& file);
    /// Statements without their line break: "reserved 1, 4 to 6;".
    [[nodiscard]] std::vector<std::string> texts(const google::protobuf::DescriptorProto& message,
                                                 const DescriptorPath& path, bool isNormalized) const;
    [[nodiscard]] std::vector<std::string> texts(const google::protobuf::EnumDescriptorProto& one,
                                                 const DescriptorPath& path, bool isNormalized) const;

private:
    struct Item {
        bool isName = false;
        int index = 0;
    };
    using Statement = std::vector<Item>;

    std::map<DescriptorPath, std::vector<Statement>> m_statements;
};

} // namespace meshbone::catalog::protobuf
