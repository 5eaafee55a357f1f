// SPDX-License-Identifier: Apache-2.0
#include "record/compression.h"

#include <algorithm>
#include <snappy.h>

namespace meshbone::backbone {
namespace {

// xerial's framing, which Java's clients write: an 8-byte magic, two int32 versions, then blocks of
// (int32 size, snappy block). librdkafka and others may write one bare snappy block instead.
constexpr std::string_view kMagic("\x82SNAPPY\0", 8);
constexpr std::size_t kFrameHeaderBytes = 16;
constexpr std::size_t kBlockBytes = 32U << 10;

Status appendBlock(std::string& out, std::string_view block, std::size_t maxBytes) {
    std::size_t size = 0;
    if (!snappy::GetUncompressedLength(block.data(), block.size(), &size)) {
        return damagedBlock("snappy");
    }
    if (size > maxBytes - out.size()) {
        return unfoldsTooFar("snappy", maxBytes);
    }
    // The length is the sender's word: check the whole block before that much memory is touched.
    if (!snappy::IsValidCompressedBuffer(block.data(), block.size())) {
        return damagedBlock("snappy");
    }
    const std::size_t had = out.size();
    out.resize(had + size);
    if (!snappy::RawUncompress(block.data(), block.size(), out.data() + had)) {
        return damagedBlock("snappy");
    }
    return {};
}

} // namespace

Result<std::string> snappyDecode(std::string_view bytes, std::size_t maxBytes) {
    std::string out;
    if (!bytes.starts_with(kMagic)) {
        if (auto done = appendBlock(out, bytes, maxBytes); !done) {
            return std::unexpected(done.error());
        }
        return out;
    }
    if (bytes.size() < kFrameHeaderBytes) {
        return damagedBlock("snappy");
    }
    bytes.remove_prefix(kFrameHeaderBytes);
    while (!bytes.empty()) {
        if (bytes.size() < 4) {
            return damagedBlock("snappy");
        }
        const auto size = loadBigEndian<std::uint32_t>(bytes.data());
        bytes.remove_prefix(4);
        if (size > bytes.size()) {
            return damagedBlock("snappy");
        }
        if (auto done = appendBlock(out, bytes.substr(0, size), maxBytes); !done) {
            return std::unexpected(done.error());
        }
        bytes.remove_prefix(size);
    }
    return out;
}

Result<std::string> snappyEncode(std::string_view bytes) {
    std::string out(kMagic);
    out.append("\0\0\0\1\0\0\0\1", 8); // version and oldest version that can read it
    while (!bytes.empty()) {
        const auto piece = bytes.substr(0, kBlockBytes);
        std::string block;
        snappy::Compress(piece.data(), piece.size(), &block);
        char size[4];
        storeBigEndian(size, static_cast<std::uint32_t>(block.size()));
        out.append(size, 4);
        out.append(block);
        bytes.remove_prefix(piece.size());
    }
    return out;
}

} // namespace meshbone::backbone
