// SPDX-License-Identifier: Apache-2.0
#include "topics/event_encoding.h"

#include <QCoreApplication>

namespace meshbone::ui {

Result<EventBytes> encodeEvent(const catalog::SchemaBook& book, const EventText& event) {
    EventBytes bytes;
    if (!event.key.empty()) {
        auto key = event.keySchema ? book.encode(*event.keySchema, event.key) : Result<Bytes>(event.key);
        if (!key) {
            const auto sentence = QCoreApplication::translate("EventEncoding", "The key: %1");
            return fail(key.error().code, sentence.arg(QString::fromStdString(key.error().message)).toStdString());
        }
        bytes.key = std::move(*key);
    }
    auto value = event.valueSchema ? book.encode(*event.valueSchema, event.value) : Result<Bytes>(event.value);
    if (!value) {
        return std::unexpected(value.error());
    }
    bytes.value = std::move(*value);
    return bytes;
}

} // namespace meshbone::ui
