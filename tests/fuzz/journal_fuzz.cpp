// SPDX-License-Identifier: Apache-2.0
// A journal with anything in it beside a good log, after an unclean stop: the log keeps what it had, and takes on.
// Half of the inputs get a good header and sum, so that the fuzzer gets past them.
#include "fault_file_system.h"

#include "log/journal_format.h"
#include "log/log_directory.h"
#include "record/batch_builder.h"

#include <cstdlib>

using namespace meshbone;
using namespace meshbone::backbone;

namespace {

const TopicPartition kName{"t", Partition(0)};

std::unique_ptr<LogDirectory> openOn(FileSystem& files) {
    LogDirectoryOptions options;
    options.root = "/data";
    options.files = &files;
    options.journalBytes = 16'384;
    options.recoveryThreads = 1;
    auto opened = LogDirectory::open(std::move(options));
    if (!opened) {
        std::abort();
    }
    return std::move(*opened);
}

std::string batchOf(TimestampMs timestampMs) {
    BatchBuilder builder;
    builder.add(Offset(0), timestampMs, "key", "value");
    return builder.build().value();
}

// The input as the batches of an entry for the log.
std::string journalOf(const TopicId& id, std::string_view batches) {
    auto bytes = journalHeader(1);
    JournalGroup group;
    group.begin();
    std::ranges::copy(batches, group.add(id, Partition(0), batches.size()).begin());
    return bytes.append(group.finish(1, 0));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0 || size > 100'000) {
        return 0;
    }
    const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
    test::FaultFileSystem disk;
    const auto id = TopicId::random();
    {
        auto directory = openOn(disk);
        auto* log = directory->create(kName, id, std::make_shared<const LogConfig>()).value();
        auto batch = batchOf(1'000);
        if (!log->append(batch, AppendOrigin::Coordinator, 1'000)) {
            std::abort();
        }
    }
    disk.setContent("/data/meshbone-journal", data[0] % 2 == 0 ? std::string(input) : journalOf(id, input));
    Offset end;
    for (int round = 0; round < 2; ++round) { // what was taken over once stays
        auto directory = openOn(disk);
        directory->drain();
        auto* log = directory->find(kName);
        if (log == nullptr || log->failure() || log->logEndOffset() < Offset(1) ||
            (round == 1 && log->logEndOffset() != end)) {
            std::abort();
        }
        end = log->logEndOffset();
        std::string bytes;
        if (!log->read(Offset(0), 1'000, true, bytes) || bytes.empty()) {
            std::abort();
        }
    }
    auto directory = openOn(disk);
    auto batch = batchOf(2'000);
    const auto info = directory->find(kName)->append(batch, AppendOrigin::Coordinator, 1'000);
    if (end.value() < INT64_MAX - 10 && (!info || info->baseOffset != end)) {
        std::abort();
    }
    return 0;
}
