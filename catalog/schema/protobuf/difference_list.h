// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/difference_kind.h"
#include "schema/protobuf/file_set.h"

#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace meshbone::catalog::protobuf {

/// Two messages that are one to the schemas: the writer's, the reader's.
using MessagePair = std::pair<const google::protobuf::Descriptor*, const google::protobuf::Descriptor*>;

/// Collects differences pair of messages by pair. A field of a type that is compared on its own breaks if that does:
/// such differences wait for the verdict, so nothing recurses and circles of types end. Lives as long as one
/// comparison.
class DifferenceList {
public:
    DifferenceList(const FileSet& reader, const FileSet& writer);

    template <class Descriptor>
    void add(DifferenceKind kind, std::string path, DifferenceSubject subject, const Descriptor* reader,
             const Descriptor* writer) {
        push({std::string(differenceName(kind)), std::move(path), fieldPath(reader, writer),
              differenceMessage(kind, subject), differenceRepair(kind, subject),
              reader != nullptr ? m_reader.place(*reader) : TextPlace{},
              writer != nullptr ? m_writer.place(*writer) : TextPlace{}, isBreaking(kind)},
             std::nullopt);
    }
    void addPackageChange();
    /// This field's type has broken if the pair breaks.
    void addIfBreaking(const MessagePair& pair, std::string path, std::string what,
                       const google::protobuf::FieldDescriptor& reader,
                       const google::protobuf::FieldDescriptor& writer);
    /// What follows belongs to this pair.
    void begin(const MessagePair& pair) { m_current = pair; }
    /// The current pair breaks if `pair` does.
    void dependOn(const MessagePair& pair) { m_dependants[pair].push_back(m_current); }

    /// Decides what waits.
    [[nodiscard]] std::vector<SchemaDifference> finish();
    [[nodiscard]] const FileSet& reader() const { return m_reader; }
    [[nodiscard]] const FileSet& writer() const { return m_writer; }

private:
    struct Entry {
        SchemaDifference difference;
        std::optional<MessagePair> onlyIfBreaks;
    };

    void push(SchemaDifference difference, std::optional<MessagePair> onlyIfBreaks);
    [[nodiscard]] std::string fieldPath(const void* reader, const void* writer) const;

    const FileSet& m_reader;
    const FileSet& m_writer;
    std::unordered_map<const void*, std::string> m_paths; // of both schemas' fields
    std::vector<Entry> m_entries;
    MessagePair m_current;
    std::set<MessagePair> m_breaking;
    std::map<MessagePair, std::vector<MessagePair>> m_dependants;
};

} // namespace meshbone::catalog::protobuf
