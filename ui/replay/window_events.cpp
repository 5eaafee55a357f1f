// SPDX-License-Identifier: Apache-2.0
#include "replay/window_events.h"

#include "message/decoded_payload.h"
#include "message/payload.h"
#include "message/samples_dialog.h"
#include "widgets/format.h"

#include <backbone/backbone.h>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::size_t kShown = 200;
constexpr int kLineMax = 300;
constexpr auto kReadLimit = std::chrono::seconds(30);

RecordNote noteOf(const Record& record, const std::string& topic, const catalog::SchemaBook* book) {
    return {{topic, record.partition},
            record.offset,
            record.timestampMs,
            payloadLine(readableForLine(book, record, false), kLineMax)};
}

} // namespace

void showWindowEvents(PageContext& context, QWidget* parent, const QString& topic, const WindowMs& window,
                      std::function<void(const QString&)> failed) {
    backbone::MessageQuery query;
    query.topic = topic.toStdString();
    query.from = backbone::MessageQuery::From::Time;
    query.timeMs = window.fromMs;
    query.limit = kShown;
    context.jobs.run(
        parent, {.title = QObject::tr("Reading events of %1").arg(topic), .key = QStringLiteral("replay.events")},
        [&backbone = context.services.backbone, book = context.schemas.book(), query,
         window](const JobContext& job) -> Result<std::vector<RecordNote>> {
            const auto page = backbone.messages().read(query, job.call(kReadLimit));
            if (!page) {
                return std::unexpected(page.error());
            }
            std::vector<RecordNote> notes;
            for (const auto& record : page->records) {
                if (record.timestampMs >= window.fromMs && record.timestampMs < window.toMs) {
                    notes.push_back(noteOf(record, query.topic, book.get()));
                }
            }
            std::ranges::stable_sort(notes, {}, &RecordNote::timestampMs);
            return notes;
        },
        [&context, parent, topic, window, failed = std::move(failed)](Result<std::vector<RecordNote>> notes) {
            if (!notes) {
                failed(text(notes.error().message));
                return;
            }
            const auto count = static_cast<int>(notes->size());
            auto* dialog = new SamplesDialog(context, QObject::tr("Events of %1").arg(topic),
                                             QObject::tr("From %1 to %2: %3.")
                                                 .arg(formatTime(window.fromMs), formatTime(window.toMs),
                                                      count < static_cast<int>(kShown)
                                                          ? QObject::tr("%n event(s)", nullptr, count)
                                                          : QObject::tr("the first %n event(s)", nullptr, count)),
                                             std::move(*notes), parent, QObject::tr("Value"));
            dialog->show();
        });
}

} // namespace meshbone::ui
