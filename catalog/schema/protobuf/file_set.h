// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/parsed_file.h"

#include <google/protobuf/descriptor.h>

#include <map>

namespace meshbone::catalog::protobuf {

/// A schema with all that it imports, parsed and linked. Owned by the schema; immutable, any thread.
class FileSet {
public:
    /// Takes of `references` only what the schema imports, directly or not. `text` may be an encoded descriptor: then
    /// it is the set of the text that this stands for, and has no places.
    static Result<std::unique_ptr<FileSet>> build(std::string text, std::span<const NamedSchema> references);

    [[nodiscard]] const ParsedFile& main() const { return *m_files.front(); }
    [[nodiscard]] const google::protobuf::FileDescriptor& descriptor() const { return *m_descriptor; }
    [[nodiscard]] const google::protobuf::DescriptorPool& pool() const { return m_pool; }
    [[nodiscard]] std::size_t sizeBytes() const;
    /// Of a descriptor; zero where it is of an imported file: its place would be one in another text.
    template <class Descriptor>
    [[nodiscard]] TextPlace place(const Descriptor& descriptor) const {
        return descriptor.file() == m_descriptor && m_hasPlaces ? placeOfDescriptor(descriptor, main().lines)
                                                                : TextPlace{};
    }
    /// Of the `package` statement.
    [[nodiscard]] TextPlace packagePlace() const;

private:
    FileSet();
    static Result<std::unique_ptr<FileSet>> buildFrom(Result<std::unique_ptr<ParsedFile>> main,
                                                      std::span<const NamedSchema> references);
    Status load(Result<std::unique_ptr<ParsedFile>> main, std::span<const NamedSchema> references);
    Status add(Result<std::unique_ptr<ParsedFile>> file);
    Status addImport(const ParsedFile& importer, int index, std::span<const NamedSchema> references);
    Status addBuiltin(std::string_view name);
    Status link();
    Status buildFile(ParsedFile& file);
    [[nodiscard]] std::string cycleSentence(const std::vector<std::size_t>& waitsFor) const;

    std::vector<std::unique_ptr<ParsedFile>> m_files; // the schema itself first
    std::map<std::string, std::size_t, std::less<>> m_indexes;
    std::size_t m_nodes = 0;
    bool m_hasPlaces = true;
    google::protobuf::DescriptorPool m_pool;
    const google::protobuf::FileDescriptor* m_descriptor = nullptr;
};

} // namespace meshbone::catalog::protobuf
