// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/places.h"

#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.pb.h>

#include <memory>

namespace meshbone::catalog::protobuf {

/// One .proto text, parsed but not yet linked with what it imports. Owned by the FileSet; not moved, since `places` and
/// `lines` point into it. Immutable once parsed.
struct ParsedFile {
    std::string name;
    std::string whose; ///< how a sentence begins: "The schema", "The reference 'x.proto'"
    std::string text;
    google::protobuf::FileDescriptorProto proto; ///< options still as they stand in the text
    std::string syntax;                          ///< as the text says it; empty where it doesn't
    google::protobuf::compiler::SourceLocationTable locations;
    LinePlaces lines{""};
    std::size_t nodes = 0;

    /// "The schema is not valid Protobuf at line 3, column 5: …"
    [[nodiscard]] std::string sentence(TextPlace place, std::string_view message) const;
};

/// InvalidArgument with the place of what is wrong; Exhausted beyond a bound.
Result<std::unique_ptr<ParsedFile>> parseFile(std::string name, std::string whose, std::string text);

/// The same of a file that is no text: it has no places.
Result<std::unique_ptr<ParsedFile>> fileOfDescriptor(std::string name, std::string whose,
                                                     google::protobuf::FileDescriptorProto proto);

} // namespace meshbone::catalog::protobuf
