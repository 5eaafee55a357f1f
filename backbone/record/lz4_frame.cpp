// SPDX-License-Identifier: Apache-2.0
#include "record/compression.h"

#include <algorithm>
#include <lz4frame.h>
#include <memory>

namespace meshbone::backbone {
namespace {

constexpr std::size_t kStepBytes = 64U << 10;

struct FreeContext {
    void operator()(LZ4F_dctx* context) const { LZ4F_freeDecompressionContext(context); }
};

} // namespace

Result<std::string> lz4Decode(std::string_view bytes, std::size_t maxBytes) {
    LZ4F_dctx* raw = nullptr;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&raw, LZ4F_VERSION)) != 0) {
        return fail(ErrorCode::Exhausted, "There is no memory to decompress lz4 records.");
    }
    const std::unique_ptr<LZ4F_dctx, FreeContext> context(raw);
    std::string out;
    std::size_t hint = 1;
    while (hint != 0) { // 0: the frame is complete
        const std::size_t had = out.size();
        if (had > maxBytes) {
            return unfoldsTooFar("lz4", maxBytes);
        }
        const std::size_t room = std::min(std::max(kStepBytes, had), maxBytes + 1 - had);
        out.resize(had + room);
        std::size_t written = room;
        std::size_t read = bytes.size();
        hint = LZ4F_decompress(context.get(), out.data() + had, &written, bytes.data(), &read, nullptr);
        out.resize(had + written);
        bytes.remove_prefix(std::min(read, bytes.size()));
        if (LZ4F_isError(hint) != 0 || (hint != 0 && read == 0 && written == 0)) {
            return damagedBlock("lz4");
        }
    }
    return out.size() > maxBytes ? Result<std::string>(unfoldsTooFar("lz4", maxBytes)) : std::move(out);
}

Result<std::string> lz4Encode(std::string_view bytes, std::optional<int> level) {
    LZ4F_preferences_t preferences{};
    preferences.frameInfo.blockMode = LZ4F_blockIndependent; // the only mode that Java's reader knows
    preferences.compressionLevel = level.value_or(0);
    std::string out(LZ4F_compressFrameBound(bytes.size(), &preferences), '\0');
    const std::size_t size = LZ4F_compressFrame(out.data(), out.size(), bytes.data(), bytes.size(), &preferences);
    if (LZ4F_isError(size) != 0) {
        return fail(ErrorCode::Internal, "The records could not be compressed as lz4.");
    }
    out.resize(size);
    return out;
}

} // namespace meshbone::backbone
