// SPDX-License-Identifier: Apache-2.0
// A segment file with anything in it, after a crash: recovery ends, a second one finds nothing more to do, and the log
// can be used.
#include "fault_file_system.h"

#include "log/log_directory.h"
#include "record/batch_builder.h"

#include <cstdlib>

using namespace meshbone;
using namespace meshbone::backbone;

namespace {

std::unique_ptr<LogDirectory> openOn(FileSystem& files) {
    LogDirectoryOptions options;
    options.root = "/data";
    options.files = &files;
    options.recoveryThreads = 1;
    auto opened = LogDirectory::open(std::move(options));
    if (!opened) {
        std::abort();
    }
    return std::move(*opened);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::FaultFileSystem disk;
    const TopicPartition name{"t", Partition(0)};
    {
        auto directory = openOn(disk);
        if (!directory->create(name, TopicId::random(), std::make_shared<const LogConfig>())) {
            std::abort();
        }
    }
    disk.setContent("/data/t-0/00000000000000000000.log", {reinterpret_cast<const char*>(data), size});
    Offset end;
    for (int round = 0; round < 2; ++round) {
        auto directory = openOn(disk);
        directory->drain();
        auto* log = directory->find(name);
        if (log == nullptr || log->failure() || (round == 1 && log->logEndOffset() != end)) {
            std::abort();
        }
        end = log->logEndOffset();
        std::string bytes;
        for (Offset at{0}; at < end;) {
            bytes.clear();
            const auto info = log->read(at, 1000, true, bytes);
            if (!info || info->nextOffset <= at) {
                std::abort();
            }
            at = info->nextOffset;
        }
        (void)log->firstAtOrAfter(1'000);
        (void)log->maxTimestamp();
    }
    auto directory = openOn(disk);
    BatchBuilder builder;
    builder.add(Offset(0), 1'000, "key", "value");
    auto batch = builder.build().value();
    const auto info = directory->find(name)->append(batch, AppendOrigin::Coordinator, 1'000);
    if (end.value() < INT64_MAX - 10 && (!info || info->baseOffset != end)) {
        std::abort();
    }
    return 0;
}
