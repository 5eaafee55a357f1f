// SPDX-License-Identifier: Apache-2.0
// Index files with anything in them beside a good log, after a clean stop: what is read is right or refused, and a
// recovery makes it right. The first byte says how the input is split between the two indexes.
#include "fault_file_system.h"

#include "log/log_directory.h"
#include "record/batch_builder.h"

#include <cstdlib>

using namespace meshbone;
using namespace meshbone::backbone;

namespace {

constexpr int kBatches = 40;
const TopicPartition kName{"t", Partition(0)};

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

void fill(FileSystem& files) {
    auto directory = openOn(files);
    LogConfig config;
    config.indexIntervalBytes = 100;
    auto* log = directory->create(kName, TopicId::random(), std::make_shared<const LogConfig>(config)).value();
    for (int i = 0; i < kBatches; ++i) {
        BatchBuilder builder;
        builder.add(Offset(0), 1'000 + i, "key", "value");
        auto batch = builder.build().value();
        if (!log->append(batch, AppendOrigin::Coordinator, 1'000)) {
            std::abort();
        }
    }
    if (!directory->close()) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    test::FaultFileSystem disk;
    fill(disk);
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto split = bytes.size() * data[0] / 255;
    disk.setContent("/data/t-0/00000000000000000000.index", std::string(bytes.substr(0, split)));
    disk.setContent("/data/t-0/00000000000000000000.timeindex", std::string(bytes.substr(split)));
    {
        auto directory = openOn(disk); // trusts the clean marker, so this may be wrong, but must not crash or hang
        auto* log = directory->find(kName);
        std::string into;
        for (int i = 0; i < kBatches; i += 7) {
            (void)log->read(Offset(i), 100, true, into);
            (void)log->firstAtOrAfter(1'000 + i);
        }
        (void)log->maxTimestamp();
    }
    auto directory = openOn(disk);
    directory->drain();
    auto* log = directory->find(kName);
    for (int i = 0; i < kBatches; ++i) {
        const auto found = log->firstAtOrAfter(1'000 + i);
        std::string into;
        const auto read = log->read(Offset(i), 100, true, into);
        if (!found || !*found || (*found)->offset != Offset(i) || !read || read->nextOffset != Offset(i + 1)) {
            std::abort();
        }
    }
    return 0;
}
