// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/differences.h"

#include "schema/protobuf/difference_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace meshbone::catalog::protobuf {

using namespace google::protobuf;

namespace {

int messageCount(const FileDescriptor& file) {
    return file.message_type_count();
}
int messageCount(const Descriptor& message) {
    return message.nested_type_count();
}
const Descriptor& messageIn(const FileDescriptor& file, int index) {
    return *file.message_type(index);
}
const Descriptor& messageIn(const Descriptor& message, int index) {
    return *message.nested_type(index);
}

std::unordered_set<const Descriptor*> groupTypes(const FileDescriptor&) {
    return {}; // top-level extensions may be groups, whose types payloads have only inside of other messages
}
std::unordered_set<const Descriptor*> groupTypes(const Descriptor& message) {
    std::unordered_set<const Descriptor*> types;
    for (int i = 0; i < message.field_count(); ++i) {
        if (message.field(i)->type() == FieldDescriptor::TYPE_GROUP) {
            types.insert(message.field(i)->message_type());
        }
    }
    return types;
}

/// The messages that are compared by name: map entries and groups are, where their fields are.
template <class Container>
std::vector<const Descriptor*> messagesOf(const Container& container) {
    const auto groups = groupTypes(container);
    std::vector<const Descriptor*> messages;
    for (int i = 0; i < messageCount(container); ++i) {
        const auto& message = messageIn(container, i);
        if (!message.options().map_entry() && !groups.contains(&message)) {
            messages.push_back(&message);
        }
    }
    return messages;
}

std::map<std::string_view, std::size_t> byName(const std::vector<const Descriptor*>& messages) {
    std::map<std::string_view, std::size_t> indexes;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        indexes.emplace(messages[i]->name(), i);
    }
    return indexes;
}

std::map<int, const EnumValueDescriptor*> byNumber(const EnumDescriptor& one) {
    std::map<int, const EnumValueDescriptor*> values;
    for (int i = 0; i < one.value_count(); ++i) {
        values[one.value(i)->number()] = one.value(i); // of aliases, the last is compared
    }
    return values;
}

DifferenceSubject valueSubject(const EnumValueDescriptor& value) {
    return {fmt::format("Value {} of enum {}", value.number(), std::string_view(value.type()->name())), {}, {}, {}};
}

} // namespace

std::string_view localName(const Descriptor& message) {
    std::string_view name = message.full_name();
    const std::string_view package = message.file()->package();
    name.remove_prefix(package.empty() ? 0 : package.size() + 1);
    return name;
}

std::string pathOf(const Descriptor& message) {
    auto path = fmt::format("#/{}", localName(message));
    std::ranges::replace(path, '.', '/');
    return path;
}

template <class Container>
void DifferenceWalk::compareTypes(const Container& reader, const Container& writer, const std::string& inside) {
    const auto readers = messagesOf(reader);
    const auto writers = messagesOf(writer);
    const auto readerIndexes = byName(readers);
    const auto writerIndexes = byName(writers);
    const auto subject = [](const Descriptor& message) {
        return DifferenceSubject{fmt::format("Message {}", localName(message)), {}, {}, {}};
    };
    constexpr const Descriptor* kNone = nullptr;
    for (std::size_t i = 0; i < writers.size(); ++i) {
        const auto& message = *writers[i];
        const auto path = fmt::format("{}/{}", inside, std::string_view(message.name()));
        const auto found = readerIndexes.find(message.name());
        if (found == readerIndexes.end()) {
            m_list.add(DifferenceKind::MessageRemoved, path, subject(message), kNone, &message);
            continue;
        }
        const auto* same = readers[found->second];
        visit({&message, same});
        m_list.dependOn({&message, same});
        if (found->second != i) {
            m_list.add(DifferenceKind::MessageMoved, path, subject(message), same, &message);
        }
    }
    for (const auto* message : readers) {
        if (!writerIndexes.contains(message->name())) {
            m_list.add(DifferenceKind::MessageAdded, fmt::format("{}/{}", inside, std::string_view(message->name())),
                       subject(*message), message, kNone);
        }
    }
    compareEnums(reader, writer, inside);
}

template <class Container>
void DifferenceWalk::compareEnums(const Container& reader, const Container& writer, const std::string& inside) {
    const auto subject = [](const EnumDescriptor& one) {
        return DifferenceSubject{fmt::format("Enum {}", std::string_view(one.name())), {}, {}, {}};
    };
    constexpr const EnumDescriptor* kNone = nullptr;
    for (int i = 0; i < writer.enum_type_count(); ++i) {
        const auto& one = *writer.enum_type(i);
        const auto path = fmt::format("{}/{}", inside, std::string_view(one.name()));
        if (const auto* same = reader.FindEnumTypeByName(one.name())) {
            compareEnum(*same, one, path);
        } else {
            m_list.add(DifferenceKind::EnumRemoved, path, subject(one), kNone, &one);
        }
    }
    for (int i = 0; i < reader.enum_type_count(); ++i) {
        const auto& one = *reader.enum_type(i);
        if (writer.FindEnumTypeByName(one.name()) == nullptr) {
            m_list.add(DifferenceKind::EnumAdded, fmt::format("{}/{}", inside, std::string_view(one.name())),
                       subject(one), &one, kNone);
        }
    }
}

void DifferenceWalk::compareEnum(const EnumDescriptor& reader, const EnumDescriptor& writer, const std::string& path) {
    const auto readers = byNumber(reader);
    const auto writers = byNumber(writer);
    constexpr const EnumValueDescriptor* kNone = nullptr;
    for (const auto& [number, value] : writers) {
        const auto here = fmt::format("{}/{}", path, number);
        const auto found = readers.find(number);
        if (found == readers.end()) {
            m_list.add(DifferenceKind::EnumConstRemoved, here, valueSubject(*value), kNone, value);
        } else if (found->second->name() != value->name()) {
            auto subject = valueSubject(*value);
            subject.inReader = found->second->name();
            subject.inWriter = value->name();
            m_list.add(DifferenceKind::EnumConstChanged, here, std::move(subject), found->second, value);
        }
    }
    for (const auto& [number, value] : readers) {
        if (!writers.contains(number)) {
            m_list.add(DifferenceKind::EnumConstAdded, fmt::format("{}/{}", path, number), valueSubject(*value), value,
                       kNone);
        }
    }
}

void DifferenceWalk::visit(const MessagePair& pair) {
    if (pair.first != pair.second && m_seen.insert(pair).second) {
        m_waiting.push_back(pair);
    }
}

void DifferenceWalk::compareMessages(const MessagePair& pair) {
    m_list.begin(pair);
    compareFields(pair);
    compareTypes(*pair.second, *pair.first, pathOf(*pair.first));
}

Result<std::vector<SchemaDifference>> DifferenceWalk::run(ComparisonEnd end) {
    const auto& reader = m_list.reader().descriptor();
    const auto& writer = m_list.writer().descriptor();
    if (reader.package() != writer.package()) {
        m_list.addPackageChange();
    }
    compareTypes(reader, writer, "#");
    while (!m_waiting.empty()) {
        if (m_seen.size() > kMaxSchemaNodes) {
            return fail(ErrorCode::Exhausted,
                        fmt::format("The schemas have more than {} pairs of messages to compare.", kMaxSchemaNodes));
        }
        if (std::chrono::steady_clock::now() > end) {
            return fail(ErrorCode::Exhausted,
                        "The two schemas take too long to compare; they are to be split into smaller files.");
        }
        const auto pair = m_waiting.front();
        m_waiting.pop_front();
        compareMessages(pair);
    }
    return m_list.finish();
}

Result<std::vector<SchemaDifference>> differencesBetween(const FileSet& reader, const FileSet& writer,
                                                         ComparisonEnd end) {
    return DifferenceWalk(reader, writer).run(end);
}

} // namespace meshbone::catalog::protobuf
