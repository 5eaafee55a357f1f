// SPDX-License-Identifier: Apache-2.0
// A record batch from a client: checked, stamped, walked; whatever the bytes, nothing is read outside them.
#include "record/batch_builder.h"
#include "record/batch_check.h"
#include "record/batch_stamp.h"
#include "record/record_cursor.h"

#include <algorithm>
#include <cstdlib>

using namespace meshbone;
using namespace meshbone::backbone;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kMaxUnfolded = 1U << 20;
    std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto batch = batchAt(bytes);
    if (!batch) {
        return 0;
    }
    // A right sum, so that the fuzzer gets behind it.
    stampPosition(std::span(bytes).first(batch->sizeBytes()), Offset(42), LeaderEpoch(1));
    stampCrc(std::span(bytes).first(batch->sizeBytes()));
    (void)checkClientBatch(*batch);
    auto cursor = RecordCursor::open(*batch, kMaxUnfolded);
    std::int64_t records = 0;
    for (bool more = cursor.has_value(); more;) {
        const auto next = cursor->next();
        if (next && *next) {
            const auto record = toRecord(cursor->record(), batch->timestampType());
            records += record.offset >= batch->baseOffset() && record.offset <= batch->lastOffset() ? 1 : 0;
        }
        more = next.value_or(false);
    }
    if (records > std::max(batch->recordCount(), 0)) {
        std::abort();
    }
    return 0;
}
