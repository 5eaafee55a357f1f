// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/record.h>
#include <catalog/json_tree.h>

#include <QJsonValue>
#include <QString>

#include <optional>

namespace meshbone::ui {

/// What bytes of a key or value are taken for.
enum class PayloadKind : quint8 { Null, Empty, Json, Text, Binary };

PayloadKind payloadKind(const std::optional<Bytes>& bytes);
/// One line for a list: JSON and text as they are with line ends made visible, binary as its first bytes in hex.
QString payloadLine(const std::optional<Bytes>& bytes, int lengthMax);
/// The JSON value, or none.
std::optional<QJsonValue> payloadJson(const std::optional<Bytes>& bytes);
/// The same with its members in their own order and its numbers as they were written; where it is too large for that,
/// or has a name twice, as above.
std::optional<catalog::JsonTree> payloadTree(const std::optional<Bytes>& bytes);
/// Indented JSON; the text itself where it isn't JSON.
QString payloadPretty(const std::optional<Bytes>& bytes);
/// The bytes as UTF-8; what isn't UTF-8 becomes U+FFFD.
QString payloadText(const std::optional<Bytes>& bytes);
/// Offset, sixteen bytes in hex, the same as ASCII; a line each. Cut after `bytesMax` with a line that says so.
QString payloadHex(const std::optional<Bytes>& bytes, std::size_t bytesMax = 64 * 1024);

} // namespace meshbone::ui
