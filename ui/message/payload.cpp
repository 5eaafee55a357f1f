// SPDX-License-Identifier: Apache-2.0
#include "message/payload.h"

#include "message/json_text.h"
#include "widgets/format.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::size_t kJsonBytesMax = 8 << 20; ///< larger payloads are shown as text

QByteArray view(const Bytes& bytes) {
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

bool isText(const Bytes& bytes) {
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless); // a cut character is an error
    const QString decoded = decoder(view(bytes));
    return !decoder.hasError() && std::ranges::none_of(bytes, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    });
}

bool mayBeJson(const Bytes& bytes) {
    const auto first =
        std::ranges::find_if(bytes, [](char c) { return c != ' ' && c != '\n' && c != '\t' && c != '\r'; });
    return first != bytes.end() && (*first == '{' || *first == '[') && bytes.size() <= kJsonBytesMax;
}

QString tr(const char* text) {
    return QCoreApplication::translate("Payload", text);
}

} // namespace

std::optional<QJsonValue> payloadJson(const std::optional<Bytes>& bytes) {
    if (!bytes || !mayBeJson(*bytes)) {
        return std::nullopt;
    }
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(view(*bytes), &error);
    if (error.error != QJsonParseError::NoError) {
        return std::nullopt;
    }
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

std::optional<catalog::JsonTree> payloadTree(const std::optional<Bytes>& bytes) {
    const auto json = payloadJson(bytes);
    if (!json) {
        return std::nullopt;
    }
    auto tree = catalog::readJsonTree(*bytes);
    return tree ? std::move(*tree) : treeOf(*json);
}

PayloadKind payloadKind(const std::optional<Bytes>& bytes) {
    if (!bytes) {
        return PayloadKind::Null;
    }
    if (bytes->empty()) {
        return PayloadKind::Empty;
    }
    return payloadJson(bytes) ? PayloadKind::Json : isText(*bytes) ? PayloadKind::Text : PayloadKind::Binary;
}

QString payloadLine(const std::optional<Bytes>& bytes, int lengthMax) {
    if (!bytes) {
        return tr("null");
    }
    const auto head = bytes->substr(0, static_cast<std::size_t>(lengthMax));
    if (!isText(head) && !isText(*bytes)) {
        return QString::fromLatin1(view(head.substr(0, 32)).toHex(' ')) +
               (bytes->size() > 32 ? QStringLiteral(" …") : QString());
    }
    QStringDecoder decoder(QStringDecoder::Utf8); // keeps a character that the cut has parted to itself
    QString line = decoder(view(head));
    line.replace(QLatin1Char('\n'), QStringLiteral("⏎"))
        .replace(QLatin1Char('\t'), QLatin1Char(' '))
        .remove(QLatin1Char('\r'));
    return bytes->size() > head.size() ? line + QStringLiteral("…") : line;
}

QString payloadPretty(const std::optional<Bytes>& bytes) {
    const auto tree = payloadTree(bytes);
    return tree ? indentedJson(*tree) : payloadText(bytes);
}

QString payloadText(const std::optional<Bytes>& bytes) {
    return bytes ? QString::fromUtf8(view(*bytes)) : tr("null");
}

QString payloadHex(const std::optional<Bytes>& bytes, std::size_t bytesMax) {
    if (!bytes) {
        return tr("null");
    }
    constexpr std::size_t kPerLine = 16;
    QString hex;
    const auto end = std::min(bytes->size(), bytesMax);
    for (std::size_t at = 0; at < end; at += kPerLine) {
        const auto line = bytes->substr(at, std::min(kPerLine, end - at));
        QString ascii;
        for (const char c : line) {
            ascii += c >= 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('.');
        }
        hex += QStringLiteral("%1  %2  %3\n")
                   .arg(at, 8, 16, QLatin1Char('0'))
                   .arg(QString::fromLatin1(view(line).toHex(' ')), -47)
                   .arg(ascii);
    }
    if (bytes->size() > end) {
        hex += tr("… %1 more").arg(formatBytes(static_cast<qint64>(bytes->size() - end)));
    }
    return hex;
}

} // namespace meshbone::ui
