// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/difference_list.h"

#include <deque>

namespace meshbone::catalog::protobuf {

/// "#/Outer/Inner": a message's names below the package, as the registry writes it.
std::string pathOf(const google::protobuf::Descriptor& message);
/// The full name without the package.
std::string_view localName(const google::protobuf::Descriptor& message);

/// Goes over all pairs of messages, each once. Lives as long as one comparison.
class DifferenceWalk {
public:
    DifferenceWalk(const FileSet& reader, const FileSet& writer)
        : m_list(reader, writer) {}
    Result<std::vector<SchemaDifference>> run(ComparisonEnd end);

private:
    using Field = google::protobuf::FieldDescriptor;

    /// Types of a file or of a message; `inside` is "#" or the message's path.
    template <class Container>
    void compareTypes(const Container& reader, const Container& writer, const std::string& inside);
    template <class Container>
    void compareEnums(const Container& reader, const Container& writer, const std::string& inside);
    void compareEnum(const google::protobuf::EnumDescriptor& reader, const google::protobuf::EnumDescriptor& writer,
                     const std::string& path);
    void compareMessages(const MessagePair& pair);
    void visit(const MessagePair& pair);

    // difference_fields.cpp
    void compareFields(const MessagePair& pair);
    void compareExclusion(const MessagePair& pair, const std::string& path);
    void compareOneofNames(const MessagePair& pair, const std::string& path);
    void fieldRemoved(const MessagePair& pair, const Field& field, const std::string& path);
    void fieldAdded(const Field& field, const std::string& path);
    void compareField(const Field& reader, const Field& writer, const std::string& path);
    void compareFieldTypes(const Field& reader, const Field& writer, const Field& saidReader, const Field& saidWriter,
                           const std::string& path);
    void compareScalars(const Field& reader, const Field& writer, const Field& saidReader, const Field& saidWriter,
                        const std::string& path);
    void compareNamedTypes(const Field& reader, const Field& writer, const Field& saidReader, const Field& saidWriter,
                           const std::string& path);

    DifferenceList m_list;
    std::set<MessagePair> m_seen;
    std::deque<MessagePair> m_waiting;
};

} // namespace meshbone::catalog::protobuf
