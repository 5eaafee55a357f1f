// SPDX-License-Identifier: Apache-2.0
#include "record/compression.h"

#include <algorithm>
#include <memory>
#include <zstd.h>

namespace meshbone::backbone {
namespace {

constexpr std::size_t kFrameStepBytes = 64U << 10;
// A frame may ask for a window of its own choice; 2^27 is what zstd allows by default, we need no more than a batch.
constexpr int kMaxWindowLog = 26;

struct FreeStream {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

} // namespace

Result<std::string> zstdDecode(std::string_view bytes, std::size_t maxBytes) {
    const std::unique_ptr<ZSTD_DCtx, FreeStream> context(ZSTD_createDCtx());
    if (!context) {
        return fail(ErrorCode::Exhausted, "There is no memory to decompress zstd records.");
    }
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::string out;
    for (;;) {
        const std::size_t had = out.size();
        if (had > maxBytes) {
            return unfoldsTooFar("zstd", maxBytes);
        }
        const std::size_t room = std::min(std::max(kFrameStepBytes, had), maxBytes + 1 - had);
        out.resize(had + room);
        ZSTD_outBuffer to{out.data() + had, room, 0};
        const std::size_t consumed = in.pos;
        const std::size_t hint = ZSTD_decompressStream(context.get(), &to, &in);
        out.resize(had + to.pos);
        if (ZSTD_isError(hint) != 0) {
            return damagedBlock("zstd");
        }
        if (hint == 0 && in.pos == in.size) { // 0: a frame is complete; more than one may follow each other
            break;
        }
        if (in.pos == consumed && to.pos == 0) {
            return damagedBlock("zstd");
        }
    }
    return out.size() > maxBytes ? Result<std::string>(unfoldsTooFar("zstd", maxBytes)) : std::move(out);
}

Result<std::string> zstdEncode(std::string_view bytes, std::optional<int> level) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), level.value_or(ZSTD_CLEVEL_DEFAULT));
    if (ZSTD_isError(size) != 0) {
        return fail(ErrorCode::Internal, "The records could not be compressed as zstd.");
    }
    out.resize(size);
    return out;
}

} // namespace meshbone::backbone
