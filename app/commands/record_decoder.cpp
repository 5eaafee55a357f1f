// SPDX-License-Identifier: Apache-2.0
#include "commands/record_decoder.h"

#include "commands/text_table.h"

#include <fmt/format.h>

namespace meshbone::app {

namespace {

constexpr auto kReadAgainAfter = std::chrono::seconds(2);
constexpr std::size_t kHexBytesMax = 1'000;
constexpr std::size_t kKeyShownMax = 80, kValueShownMax = 4'000;

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes.substr(0, kHexBytesMax)) {
        text += fmt::format("{}{:02x}", text.empty() ? "" : " ", static_cast<unsigned char>(c));
    }
    return bytes.size() > kHexBytesMax ? text + " …" : text;
}

Json schemaJson(const catalog::SchemaVersion& schema) {
    return {{"subject", schema.subject},
            {"version", schema.version},
            {"id", schema.id.value()},
            {"type", catalog::schemaTypeName(schema.definition->type)}};
}

void setPart(Json& object, const std::string& name, const catalog::DecodedPart& part) {
    if (part.isDecoded()) {
        if (auto json = Json::parse(part.json, nullptr, false); !json.is_discarded()) {
            object.erase(name + "Base64");
            object[name] = std::move(json);
        }
    }
    if (part.schema) {
        object[name + "Schema"] = schemaJson(*part.schema);
    }
    if (!part.problem.empty()) {
        object[name + "Problem"] = part.problem;
    }
}

std::string partLine(const catalog::DecodedPart& part, const std::optional<Bytes>& bytes, const char* absent,
                     std::size_t shownMax) {
    if (!bytes) {
        return absent;
    }
    if (!part.problem.empty()) {
        return fmt::format("{} [{}]", hex(*bytes), printable(part.problem, kValueShownMax));
    }
    if (part.schema) {
        return fmt::format("{} [{} v{}]", printable(part.json, shownMax), printable(part.schema->subject, 200),
                           part.schema->version);
    }
    return part.framing == catalog::Framing::Binary ? hex(*bytes) : printable(*bytes, shownMax);
}

} // namespace

Result<RecordDecoder> RecordDecoder::open(const RegistryOptions& options, const CommonOptions& common) {
    auto registry = openRegistry(options, common);
    if (!registry) {
        return std::unexpected(registry.error());
    }
    auto book = readSchemas(**registry, common.call());
    if (!book) {
        return std::unexpected(book.error());
    }
    return RecordDecoder(std::move(*registry), std::move(*book), std::chrono::milliseconds(common.timeoutMs));
}

catalog::DecodedPart RecordDecoder::decode(const Record& record, bool isKey) {
    auto part = m_book->decode(record, isKey);
    const auto now = std::chrono::steady_clock::now();
    if (part.problem.empty() || part.schema || now - m_read < kReadAgainAfter) {
        return part;
    }
    m_read = now;
    if (auto book = readSchemas(*m_registry, {m_timeout, {}})) { // else what is known goes on being used
        m_book = std::move(*book);
    }
    return m_book->decode(record, isKey);
}

Json RecordDecoder::json(const Record& record) {
    auto json = recordJson(record);
    setPart(json, "key", decode(record, true));
    setPart(json, "value", decode(record, false));
    return json;
}

std::string RecordDecoder::line(const Record& record) {
    return fmt::format("{}  {}", partLine(decode(record, true), record.key, "(no key)", kKeyShownMax),
                       partLine(decode(record, false), record.value, "(null)", kValueShownMax));
}

} // namespace meshbone::app
