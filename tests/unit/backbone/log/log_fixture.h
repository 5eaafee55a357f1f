// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/log_directory.h"
#include "record/batch_builder.h"
#include "record/record_cursor.h"

#include <QTemporaryDir>
#include <QtTest>

#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace meshbone::backbone::test {

inline const TopicPartition kName{"orders", Partition(0)};

inline Record makeRecord(std::optional<Bytes> key, std::optional<Bytes> value, TimestampMs timestampMs) {
    Record record;
    record.key = std::move(key);
    record.value = std::move(value);
    record.timestampMs = timestampMs;
    return record;
}

/// A batch of `count` records "k<i>" -> "v", one millisecond apart.
inline std::string makeBatch(int count, TimestampMs firstMs = 1'000, BatchMeta meta = {}, std::size_t valueBytes = 10) {
    std::vector<Record> records;
    for (int i = 0; i < count; ++i) {
        records.push_back(makeRecord("k" + std::to_string(i), std::string(valueBytes, 'v'), firstMs + i));
    }
    return buildBatch(records, meta).value();
}

inline BatchMeta producerMeta(std::int64_t id, std::int16_t epoch, std::int32_t sequence) {
    BatchMeta meta;
    meta.producerId = ProducerId(id);
    meta.producerEpoch = ProducerEpoch(epoch);
    meta.baseSequence = sequence;
    return meta;
}

/// All records of whole batches, one after another.
inline std::vector<Record> recordsIn(std::string_view bytes) {
    std::vector<Record> records;
    while (!bytes.empty()) {
        const auto batch = batchAt(bytes);
        if (!batch || !batch->crcMatches()) {
            qFatal("a batch that was read is damaged");
        }
        auto cursor = RecordCursor::open(*batch);
        while (cursor->next().value()) {
            records.push_back(toRecord(cursor->record(), batch->timestampType()));
        }
        bytes.remove_prefix(batch->sizeBytes());
    }
    return records;
}

/// Everything that may be seen of a log from an offset on, by as many reads as it takes.
inline std::vector<Record> readAll(PartitionLog& log, Offset from, std::size_t maxBytes = 100'000) {
    std::vector<Record> records;
    while (from < log.highWatermark()) {
        std::string bytes;
        const auto info = log.read(from, maxBytes, true, bytes);
        if (!info) {
            qFatal("%s", info.error().message.c_str());
        }
        if (info->sizeBytes == 0) {
            break; // a gap up to the end
        }
        for (auto& record : recordsIn(bytes)) {
            if (record.offset >= from) {
                records.push_back(std::move(record));
            }
        }
        from = info->nextOffset;
    }
    return records;
}

/// A data directory in a temporary folder, opened and reopened; collects the sentences.
class Fixture {
    QTemporaryDir m_folder; // first: what is in it is closed before it goes
    std::mutex m_mutex;     // sentences, from recovery threads

public:
    LogConfig config;
    std::uint64_t journalBytes = 64U << 10; ///< small, so that it is full every now and then
    FileSystem* files = nullptr;
    std::vector<std::string> sentences;
    int failures = 0;
    std::vector<std::pair<TopicPartition, Offset>> moved;

    [[nodiscard]] std::filesystem::path root() const {
        return std::filesystem::path(m_folder.path().toStdString()) / "data";
    }
    [[nodiscard]] std::filesystem::path partition(const TopicPartition& name = kName) const {
        return root() / (name.topic + "-" + std::to_string(name.partition.value()));
    }
    LogDirectoryOptions options() {
        LogDirectoryOptions options;
        options.root = root();
        options.files = files;
        options.journalBytes = journalBytes;
        options.configOf = [this](const std::string&) { return std::make_shared<const LogConfig>(config); };
        options.warn = [this](std::string sentence) {
            const std::lock_guard lock(m_mutex);
            sentences.push_back(std::move(sentence));
        };
        options.failed = [this](PartitionLog&) { ++failures; };
        options.highWatermarkMoved = [this](PartitionLog& log) { moved.emplace_back(log.name(), log.highWatermark()); };
        return options;
    }
    Status open() {
        directory.reset();
        auto opened = LogDirectory::open(options());
        if (!opened) {
            return std::unexpected(opened.error());
        }
        directory = std::move(*opened);
        directory->drain();
        return {};
    }
    /// The log of the tests; made when it isn't there.
    PartitionLog& log(const TopicPartition& name = kName) {
        if (auto* found = directory->find(name)) {
            return *found;
        }
        return **directory->create(name, TopicId::random(), std::make_shared<const LogConfig>(config));
    }
    Result<AppendInfo> append(std::string batch, TimestampMs nowMs = 2'000) {
        return log().append(batch, AppendOrigin::Client, nowMs);
    }
    /// As after kill -9: what was written stays, nothing is closed.
    Status crash() {
        directory.reset();
        return open();
    }
    Status reopen() {
        if (auto closed = directory->close(); !closed) {
            return closed;
        }
        return open();
    }
    [[nodiscard]] bool said(std::string_view words) const {
        return std::ranges::any_of(sentences, [&](const auto& sentence) { return sentence.contains(words); });
    }

    std::unique_ptr<LogDirectory> directory;
};

/// The seed of this run, printed; MESHBONE_SEED replays it.
inline unsigned runSeed() {
    static const unsigned value = [] {
        const auto given = qEnvironmentVariableIntValue("MESHBONE_SEED");
        const unsigned chosen = given != 0 ? static_cast<unsigned>(given) : std::random_device{}() & 0x7FFFFFFF;
        qInfo("MESHBONE_SEED=%u", chosen);
        return chosen;
    }();
    return value;
}

#define MB_OK(expression)                                                                                              \
    do {                                                                                                               \
        const auto mbStatus = (expression);                                                                            \
        QVERIFY2(mbStatus.has_value(), mbStatus ? "" : mbStatus.error().message.c_str());                              \
    } while (false)

} // namespace meshbone::backbone::test
