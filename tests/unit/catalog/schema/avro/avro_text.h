// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

#include <QTest>

namespace meshbone::test {

/// A schema that must be right; the test fails with the reason where it isn't.
inline catalog::ParsedSchemaPtr avro(const std::string& text, std::span<const catalog::NamedSchema> references = {}) {
    auto parsed = catalog::parseAvro(text, references);
    if (!parsed) {
        qWarning("%s", parsed.error().message.c_str());
        return nullptr;
    }
    return *parsed;
}

inline std::string hex(std::string_view bytes) {
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex().toStdString();
}
inline std::string unhex(const char* text) {
    return QByteArray::fromHex(text).toStdString();
}

} // namespace meshbone::test
