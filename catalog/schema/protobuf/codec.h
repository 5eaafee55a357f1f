// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/file_set.h"

#include <google/protobuf/dynamic_message.h>

#include <memory>

namespace google::protobuf::util {
class TypeResolver;
}

namespace meshbone::catalog::protobuf {

/// Payloads of a schema as JSON and back. Owned by the schema, refers to its FileSet; any thread.
class Codec {
public:
    explicit Codec(const FileSet& files);
    Codec(const Codec&) = delete;
    Codec& operator=(const Codec&) = delete;
    ~Codec();

    [[nodiscard]] Result<std::string> toJson(std::string_view payload) const;
    [[nodiscard]] Result<Bytes> fromJson(std::string_view json) const;

private:
    Result<Bytes> inOrder(const google::protobuf::Descriptor& message, const Bytes& bytes) const;

    const FileSet& m_files;
    std::unique_ptr<google::protobuf::util::TypeResolver> m_types;
    mutable google::protobuf::DynamicMessageFactory m_messages; // locks itself
};

/// The message that indexes lead to, counted as the text counts them; null if there is none.
const google::protobuf::Descriptor* messageAt(const FileSet& files, std::span<const int> indexes);

} // namespace meshbone::catalog::protobuf
