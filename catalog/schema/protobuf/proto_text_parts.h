// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/option_text.h"
#include "schema/protobuf/proto_text.h"
#include "schema/protobuf/reserved_text.h"
#include "schema/protobuf/written_messages.h"

namespace meshbone::catalog::protobuf {

/// Writes a file's types. Where a descriptor is asked for, it is null unless normalizing. Lives as long as one call.
class TypeWriter {
public:
    TypeWriter(const ParsedFile& file, bool isNormalized)
        : m_file(file)
        , m_reserved(file)
        , m_isNormalized(isNormalized) {}

    using Message = google::protobuf::DescriptorProto;
    using Enum = google::protobuf::EnumDescriptorProto;
    using Field = google::protobuf::FieldDescriptorProto;

    [[nodiscard]] std::string message(const Message& one, const google::protobuf::Descriptor* descriptor,
                                      const DescriptorPath& path) const;
    [[nodiscard]] std::string enumeration(const Enum& one, const DescriptorPath& path) const;
    /// `extend` statements, one for each run of fields of the same message.
    [[nodiscard]] std::string extensions(const google::protobuf::RepeatedPtrField<Field>& fields) const;
    [[nodiscard]] bool isNormalized() const { return m_isNormalized; }

private:
    struct Body; // proto_text_types.cpp

    [[nodiscard]] std::string body(const Message& one, const google::protobuf::Descriptor* descriptor,
                                   const DescriptorPath& path) const;
    [[nodiscard]] std::string field(const Field& one, const google::protobuf::FieldDescriptor* descriptor,
                                    const Message* parent) const;
    [[nodiscard]] std::string fieldOptions(const Field& one) const;
    [[nodiscard]] std::string oneof(const Body& body, int index) const;
    [[nodiscard]] std::string group(const Field& one, const Body& body) const;
    [[nodiscard]] std::string label(const Field& one) const;
    void sortByNumber(const Message& one, std::vector<int>& fields) const;

    const ParsedFile& m_file;
    ReservedStatements m_reserved;
    bool m_isNormalized;
};

} // namespace meshbone::catalog::protobuf
