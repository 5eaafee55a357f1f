// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/wire_check.h"

#include "schema/protobuf/pre_scan.h"

#include <google/protobuf/any.pb.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace meshbone::catalog::protobuf {

namespace {

using namespace google::protobuf;

enum Wire : unsigned { kVarint = 0, kFixed64 = 1, kLength = 2, kGroupStart = 3, kGroupEnd = 4, kFixed32 = 5 };
constexpr std::size_t kVarintBytesMax = 10;
constexpr std::string_view kAny = "google.protobuf.Any";
constexpr std::uint64_t kFieldNumberMax = (1U << 29) - 1;

Wire wireOf(FieldDescriptor::Type type) {
    switch (type) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
        return kFixed64;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
        return kFixed32;
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
        return kLength;
    case FieldDescriptor::TYPE_GROUP:
        return kGroupStart;
    default:
        return kVarint;
    }
}

class Checker {
public:
    Checker(std::string_view bytes, const DescriptorPool& pool, std::size_t firstByte)
        : m_bytes(bytes)
        , m_pool(pool)
        , m_firstByte(firstByte) {}

    /// Up to `end`, or up to the end mark of the group `group` where it isn't 0. No descriptor: nothing is known of it.
    Status message(const Descriptor* descriptor, std::size_t end, std::uint64_t group) {
        if (++m_depth > kMaxPayloadDepth) {
            return bad("messages nest deeper than {} levels", kMaxPayloadDepth);
        }
        Seen seen;
        while (m_at < end) {
            const auto tagAt = m_at;
            const auto tag = varint(end);
            if (!tag) {
                return std::unexpected(tag.error());
            }
            const auto number = *tag >> 3;
            const auto wire = static_cast<Wire>(*tag & 7);
            const bool isGroupEnd = wire == kGroupEnd;
            if (number == 0 || number > kFieldNumberMax || wire > kFixed32 || (isGroupEnd && number != group)) {
                m_at = tagAt;
                return isGroupEnd ? bad("a group ends that did not begin") : bad("{} is not the tag of a field", *tag);
            }
            if (isGroupEnd) {
                return finish(descriptor, seen);
            }
            const auto* field =
                descriptor != nullptr ? descriptor->FindFieldByNumber(static_cast<int>(number)) : nullptr;
            if (auto checked = fieldValue(field, number, wire, end); !checked) {
                return checked;
            }
            note(seen, field, wire);
        }
        return group != 0 ? bad("the payload ends inside a group") : finish(descriptor, seen);
    }

private:
    template <class... Parts>
    std::unexpected<Error> bad(fmt::format_string<Parts...> format, Parts&&... parts) const {
        const auto where = m_path.empty() ? "" : fmt::format(", field {}", fmt::join(m_path, "."));
        return fail(ErrorCode::Corrupt,
                    fmt::format("The payload is not of this schema at byte {}{}: {}.", m_firstByte + m_at, where,
                                fmt::format(format, std::forward<Parts>(parts)...)));
    }

    Result<std::uint64_t> varint(std::size_t end) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < kVarintBytesMax; ++i) {
            if (m_at + i >= end) {
                return bad("it ends inside a number");
            }
            const auto byte = static_cast<unsigned char>(m_bytes[m_at + i]);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
            if ((byte & 0x80) == 0) {
                m_at += i + 1;
                return value;
            }
        }
        return bad("a number has more than 64 bits");
    }

    Status fieldValue(const FieldDescriptor* field, std::uint64_t number, Wire wire, std::size_t end) {
        m_path.push_back(field != nullptr ? std::string(field->name()) : fmt::format("{}", number));
        const bool isPacked = field != nullptr && field->is_packable() && wire == kLength;
        if (field != nullptr && !isPacked && wireOf(field->type()) != wire) {
            field = nullptr; // libprotobuf takes it for an unknown field, too
        }
        auto checked = value(field, number, wire, isPacked, end);
        if (checked) {
            m_path.pop_back();
        }
        return checked;
    }

    Status value(const FieldDescriptor* field, std::uint64_t number, Wire wire, bool isPacked, std::size_t end) {
        switch (wire) {
        case kVarint: {
            const auto read = varint(end);
            return read ? Status() : std::unexpected(read.error());
        }
        case kFixed64:
            return skip(8, end);
        case kFixed32:
            return skip(4, end);
        case kGroupStart:
            return message(field != nullptr ? field->message_type() : nullptr, end, number);
        default:
            return lengthDelimited(field, isPacked, end);
        }
    }

    Status skip(std::size_t count, std::size_t end) {
        if (end - m_at < count) {
            return bad("{} bytes are needed and {} are left", count, end - m_at);
        }
        m_at += count;
        return {};
    }

    Status lengthDelimited(const FieldDescriptor* field, bool isPacked, std::size_t end) {
        const auto length = varint(end);
        if (!length) {
            return std::unexpected(length.error());
        }
        if (*length > end - m_at) {
            return bad("its length is {} and {} bytes are left", *length, end - m_at);
        }
        const auto start = m_at;
        const auto stop = m_at + static_cast<std::size_t>(*length);
        if (isPacked) {
            return packed(*field, stop);
        }
        if (field != nullptr && field->type() == FieldDescriptor::TYPE_MESSAGE) {
            return message(field->message_type(), stop, 0);
        }
        if (field != nullptr && field->type() == FieldDescriptor::TYPE_STRING) {
            const auto text = m_bytes.substr(m_at, stop - m_at);
            if (const auto wrong = firstNonUtf8(text); wrong < text.size()) {
                m_at += wrong;
                return bad("a string is not UTF-8");
            }
        }
        m_valueStart = start;
        m_at = stop;
        return {};
    }

    Status packed(const FieldDescriptor& field, std::size_t stop) {
        while (m_at < stop) {
            if (auto checked = value(nullptr, 0, wireOf(field.type()), false, stop); !checked) {
                return checked;
            }
        }
        return {};
    }

    /// What decides at a message's end: whether all is there, and what an Any is.
    struct Seen {
        std::set<int> required;
        std::string_view typeUrl;
        std::size_t valueStart = 0;
        std::size_t valueEnd = 0;
    };

    void note(Seen& seen, const FieldDescriptor* field, Wire wire) const {
        if (field != nullptr && field->is_required()) {
            seen.required.insert(field->number());
        }
        if (field == nullptr || wire != kLength || field->containing_type()->full_name() != kAny) {
            return;
        }
        if (field->number() == Any::kTypeUrlFieldNumber) {
            seen.typeUrl = m_bytes.substr(m_valueStart, m_at - m_valueStart);
        } else {
            seen.valueStart = m_valueStart;
            seen.valueEnd = m_at;
        }
    }

    Status finish(const Descriptor* descriptor, const Seen& seen) {
        if (descriptor != nullptr && !seen.typeUrl.empty()) {
            // An Any is read as the message that it holds, so that must be one, and no deeper than the rest.
            const auto name = seen.typeUrl.substr(seen.typeUrl.rfind('/') + 1);
            const auto* inner = m_pool.FindMessageTypeByName(std::string(name));
            const auto after = std::exchange(m_at, seen.valueStart);
            auto checked = inner != nullptr ? message(inner, seen.valueEnd, 0) : Status();
            if (!checked) {
                return checked;
            }
            m_at = after;
        }
        --m_depth;
        return missingRequired(descriptor, seen.required);
    }

    Status missingRequired(const Descriptor* descriptor, const std::set<int>& seen) {
        if (descriptor == nullptr || seen.size() == required(*descriptor).size()) {
            return {};
        }
        const auto& needed = required(*descriptor);
        const auto* missing =
            *std::ranges::find_if(needed, [&](auto* field) { return !seen.contains(field->number()); });
        return bad("the required field '{}' of {} is missing", std::string_view(missing->name()),
                   std::string_view(descriptor->name()));
    }

    /// Found once: many small messages may be of a type with many fields.
    const std::vector<const FieldDescriptor*>& required(const Descriptor& descriptor) {
        const auto [at, isNew] = m_required.try_emplace(&descriptor);
        for (int i = 0; isNew && i < descriptor.field_count(); ++i) {
            if (descriptor.field(i)->is_required()) {
                at->second.push_back(descriptor.field(i));
            }
        }
        return at->second;
    }

    std::string_view m_bytes;
    const DescriptorPool& m_pool;
    std::size_t m_firstByte;
    std::size_t m_at = 0;
    std::size_t m_valueStart = 0; // of the last value with a length
    int m_depth = 0;
    std::vector<std::string> m_path;
    std::unordered_map<const Descriptor*, std::vector<const FieldDescriptor*>> m_required;
};

} // namespace

Status checkWire(std::string_view bytes, const Descriptor& message, const DescriptorPool& pool, std::size_t firstByte) {
    return Checker(bytes, pool, firstByte).message(&message, bytes.size(), 0);
}

} // namespace meshbone::catalog::protobuf
