// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/codec.h"

#include "schema/protobuf/library.h"
#include "schema/protobuf/message_chain.h"
#include "schema/protobuf/message_indexes.h"
#include "schema/protobuf/pre_scan.h"
#include "schema/protobuf/wire_check.h"
#include "schema/protobuf/written_messages.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace meshbone::catalog::protobuf {

namespace {

using namespace google::protobuf;

constexpr std::string_view kUrlPrefix = "type.googleapis.com";

std::string urlOf(const Descriptor& message) {
    return fmt::format("{}/{}", kUrlPrefix, std::string_view(message.full_name()));
}

bool isProto3(const Descriptor& message) {
    return message.file()->syntax() == FileDescriptor::SYNTAX_PROTO3;
}

/// What libprotobuf says of JSON, "(a.b[0]): invalid value …" or "INVALID_ARGUMENT:…", as a sentence.
std::string jsonSentence(const Descriptor& message, std::string_view said) {
    while (said.starts_with(' ') || said.starts_with(':')) {
        said.remove_prefix(1);
    }
    std::string where;
    if (const auto end = said.find("): "); said.starts_with('(') && end != std::string_view::npos) {
        where = said.substr(1, end - 1);
        said.remove_prefix(end + 3);
    }
    auto first = std::string(said.substr(0, said.find('\n'))); // behind it, the text with a mark below
    const auto at = where.empty() ? "" : fmt::format(" at {}", where);
    return fmt::format("The JSON is not of the message {}{}: {}{}", std::string_view(message.full_name()), at, first,
                       first.ends_with('.') ? "" : ".");
}

} // namespace

const Descriptor* messageAt(const FileSet& files, std::span<const int> indexes) {
    const Descriptor* found = nullptr;
    const DescriptorProto* written = nullptr;
    for (const auto index : indexes) {
        if (found == nullptr) {
            if (index >= files.descriptor().message_type_count()) {
                return nullptr;
            }
            found = files.descriptor().message_type(index);
            written = &files.main().proto.message_type(index);
            continue;
        }
        const auto inside = writtenMessages(*written);
        if (static_cast<std::size_t>(index) >= inside.size()) {
            return nullptr;
        }
        const auto nested = inside[static_cast<std::size_t>(index)];
        found = found->nested_type(nested);
        written = &written->nested_type(nested);
    }
    return found;
}

Codec::Codec(const FileSet& files)
    : m_files(files)
    , m_types(util::NewTypeResolverForDescriptorPool(std::string(kUrlPrefix), &files.pool()))
    , m_messages(&files.pool()) {}

Codec::~Codec() = default;

Result<std::string> Codec::toJson(std::string_view payload) const {
    const auto indexes = readMessageIndexes(payload);
    if (!indexes) {
        return std::unexpected(indexes.error());
    }
    const auto* message = messageAt(m_files, indexes->indexes);
    if (message == nullptr) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("The payload says at byte 0 that it is the message [{}]; the schema "
                                "has none there.",
                                fmt::join(indexes->indexes, ", ")));
    }
    const auto bytes = payload.substr(indexes->bytes);
    if (auto checked = checkWire(bytes, *message, m_files.pool(), indexes->bytes); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const Quiet quiet;
    util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    // As the registry's clients show it; of proto2, whether a field is there is part of what the payload says.
#if GOOGLE_PROTOBUF_VERSION >= 5026000
    options.always_print_fields_with_no_presence = isProto3(*message);
#else
    options.always_print_primitive_fields = isProto3(*message);
#endif
    std::string json;
    const auto status = util::BinaryToJsonString(m_types.get(), urlOf(*message), std::string(bytes), &json, options);
    if (!status.ok()) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("The payload can't be shown as JSON: {}.",
                                std::string_view(status.message().data(), status.message().size())));
    }
    if (firstNonUtf8(json) < json.size()) {
        return fail(ErrorCode::Corrupt, "The payload can't be shown as JSON: one of its strings is not UTF-8.");
    }
    return json;
}

Result<Bytes> Codec::fromJson(std::string_view json) const {
    constexpr std::array<int, 1> kFirst{0};
    const auto* message = messageAt(m_files, kFirst);
    if (message == nullptr) {
        return fail(ErrorCode::InvalidArgument, "The schema has no message, so nothing can be written with it.");
    }
    if (const auto wrong = firstNonUtf8(json); wrong < json.size()) {
        return fail(ErrorCode::InvalidArgument, fmt::format("The JSON is not UTF-8 at byte {}.", wrong));
    }
    const Quiet quiet;
    Bytes bytes;
    const auto status =
        util::JsonToBinaryString(m_types.get(), urlOf(*message), std::string(json), &bytes, util::JsonParseOptions());
    if (!status.ok()) {
        return fail(ErrorCode::InvalidArgument,
                    jsonSentence(*message, std::string_view(status.message().data(), status.message().size())));
    }
    if (auto checked = checkWire(bytes, *message, m_files.pool(), 0);
        !checked) { // what the JSON leaves out, and how deep it goes
        return fail(ErrorCode::InvalidArgument, std::move(checked.error().message));
    }
    auto ordered = inOrder(*message, bytes);
    return ordered ? Result<Bytes>(writeMessageIndexes(kFirst) + *ordered) : ordered;
}

Result<Bytes> Codec::inOrder(const Descriptor& message, const Bytes& bytes) const {
    if (messageChainExceeds(message, kMaxMessageChain)) {
        return fail(ErrorCode::Exhausted, fmt::format("The schema's messages refer to each other more than {} levels "
                                                      "deep; no payload can be written with it.",
                                                      kMaxMessageChain));
    }
    const std::unique_ptr<Message> value(m_messages.GetPrototype(&message)->New());
    if (!value->ParsePartialFromString(bytes)) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The JSON is not of the message {}.", std::string_view(message.full_name())));
    }
    Bytes ordered;
    {
        io::StringOutputStream stream(&ordered);
        io::CodedOutputStream coded(&stream);
        coded.SetSerializationDeterministic(true); // maps by key
        value->SerializePartialToCodedStream(&coded);
    }
    return ordered;
}

} // namespace meshbone::catalog::protobuf
