// SPDX-License-Identifier: Apache-2.0
#include "record/recompress.h"

#include "record/batch_check.h"
#include "record/batch_stamp.h"
#include "record/compression.h"

namespace meshbone::backbone {
namespace {

// The header of `batch` before other records, with everything that follows from them.
std::string withRecords(const BatchView& batch, Codec codec, std::string_view records) {
    std::string made(batch.bytes().substr(0, kBatchHeaderBytes));
    made += records;
    storeBigEndian(made.data() + batch_field::kLength, static_cast<std::int32_t>(made.size() - kBatchPrefixBytes));
    const auto attributes = (batch.attributes() & ~batch_attribute::kCodecMask) | static_cast<int>(codec);
    storeBigEndian(made.data() + batch_field::kAttributes, static_cast<std::int16_t>(attributes));
    stampCrc(made);
    return made;
}

} // namespace

Result<std::string> recompressed(const BatchView& batch, Codec codec, std::optional<int> level) {
    auto records = decompress(batch.codec().value_or(Codec::None), batch.records());
    if (!records) {
        return std::unexpected(records.error());
    }
    auto plain = withRecords(batch, Codec::None, *records);
    const auto view = batchAt(plain);
    auto whole = view ? checkRecordShapes(*view) : Status(std::unexpected(view.error()));
    if (!whole) {
        return std::unexpected(whole.error());
    }
    if (codec == Codec::None) {
        return plain;
    }
    const auto packed = compress(codec, *records, level);
    if (!packed) {
        return std::unexpected(packed.error());
    }
    return withRecords(batch, codec, *packed);
}

} // namespace meshbone::backbone
