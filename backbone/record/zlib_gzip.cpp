// SPDX-License-Identifier: Apache-2.0
#include "record/compression.h"

#include <algorithm>
#include <zlib.h>

namespace meshbone::backbone {
namespace {

constexpr int kGzipWindowBits = 15 + 16; // 16 asks zlib for the gzip wrapper
constexpr std::size_t kStepBytes = 64U << 10;

Bytef* input(std::string_view bytes) {
    return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // zlib does not write there
}

// Owns the stream; End is called only for a stream that was begun.
struct Inflater {
    z_stream stream{};
    bool begun = inflateInit2(&stream, kGzipWindowBits) == Z_OK;
    Inflater() = default;
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() {
        if (begun) {
            inflateEnd(&stream);
        }
    }
};

} // namespace

Result<std::string> gunzip(std::string_view bytes, std::size_t maxBytes) {
    Inflater inflater;
    if (!inflater.begun || bytes.size() > UINT32_MAX) {
        return damagedBlock("gzip");
    }
    auto& stream = inflater.stream;
    stream.next_in = input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    for (;;) {
        const std::size_t had = out.size();
        if (had > maxBytes) {
            return unfoldsTooFar("gzip", maxBytes);
        }
        const std::size_t step = std::min(std::max(kStepBytes, had), maxBytes + 1 - had);
        out.resize(had + step);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
        stream.avail_out = static_cast<uInt>(step);
        const int status = inflate(&stream, Z_NO_FLUSH);
        out.resize(had + step - stream.avail_out);
        if (status == Z_STREAM_END) {
            break;
        }
        if (status != Z_OK || (stream.avail_in == 0 && stream.avail_out != 0)) {
            return damagedBlock("gzip");
        }
    }
    return out.size() > maxBytes ? Result<std::string>(unfoldsTooFar("gzip", maxBytes)) : std::move(out);
}

Result<std::string> gzip(std::string_view bytes, std::optional<int> level) {
    z_stream stream{};
    if (bytes.size() > UINT32_MAX / 2 || deflateInit2(&stream, level.value_or(Z_DEFAULT_COMPRESSION), Z_DEFLATED,
                                                      kGzipWindowBits, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return fail(ErrorCode::Exhausted, "The records are too large to compress as gzip.");
    }
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int status = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (status != Z_STREAM_END) {
        return fail(ErrorCode::Internal, "The records could not be compressed as gzip.");
    }
    return out;
}

} // namespace meshbone::backbone
