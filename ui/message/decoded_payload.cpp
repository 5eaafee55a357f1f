// SPDX-License-Identifier: Apache-2.0
#include "message/decoded_payload.h"

#include "widgets/format.h"

#include <QCoreApplication>

namespace meshbone::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("DecodedPayload", text);
}

QString languageOf(catalog::SchemaType type) {
    switch (type) {
    case catalog::SchemaType::Json:
        return QStringLiteral("JSON Schema");
    case catalog::SchemaType::Protobuf:
        return QStringLiteral("Protobuf");
    default:
        return QStringLiteral("Avro");
    }
}

} // namespace

std::optional<Bytes> readableBytes(const catalog::DecodedPart& part, const std::optional<Bytes>& bytes) {
    return part.schema && part.isDecoded() ? std::optional<Bytes>(part.json) : bytes;
}

std::optional<Bytes> readableForLine(const catalog::SchemaBook* book, const Record& record, bool isKey) {
    constexpr std::size_t kDecodedBytesMax = 256 << 10;
    const auto& bytes = isKey ? record.key : record.value;
    const bool isDecoded = book != nullptr && bytes && bytes->size() <= kDecodedBytesMax;
    return isDecoded ? readableBytes(book->decode(record, isKey), bytes) : bytes;
}

QString schemaFact(const catalog::DecodedPart& part) {
    if (part.schema) {
        const auto fact = tr("%1 v%2, id %3, %4")
                              .arg(text(part.schema->subject))
                              .arg(part.schema->version)
                              .arg(part.schema->id.value())
                              .arg(languageOf(part.schema->definition->type));
        return part.schema->isDeleted ? tr("%1 (deleted)").arg(fact) : fact;
    }
    return part.id.value() >= 0 ? tr("id %1, not known").arg(part.id.value()) : QString();
}

QString framingFact(const catalog::DecodedPart& part) {
    switch (part.framing) {
    case catalog::Framing::Prefix:
        return tr("zero byte and id before the value");
    case catalog::Framing::HeaderGuid:
        return tr("schema named in a header");
    case catalog::Framing::SingleObject:
        return tr("Avro's marker and fingerprint before the value");
    default:
        return {};
    }
}

} // namespace meshbone::ui
