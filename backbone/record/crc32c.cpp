// SPDX-License-Identifier: Apache-2.0
#include "record/crc32c.h"

#include <array>
#include <cstddef>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace meshbone::backbone {
namespace {

constexpr std::uint32_t kPolynomial = 0x82F63B78U;
using Table = std::array<std::array<std::uint32_t, 256>, 8>;

// table[k][b]: the CRC of byte b followed by k zero bytes.
constexpr Table makeTable() {
    Table table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? kPolynomial : 0);
        }
        table[0][byte] = crc;
    }
    for (std::size_t k = 1; k < 8; ++k) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            table[k][byte] = (table[k - 1][byte] >> 8) ^ table[0][table[k - 1][byte] & 0xFF];
        }
    }
    return table;
}
constexpr Table kTable = makeTable();

std::uint32_t sliceBy8(std::uint32_t crc, const char* at, std::size_t size) {
    while (size >= 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        word ^= crc;
        crc = 0;
        for (int k = 0; k < 8; ++k) {
            crc ^= kTable[static_cast<std::size_t>(7 - k)][(word >> (8 * k)) & 0xFF];
        }
        at += 8;
        size -= 8;
    }
    while (size-- > 0) {
        crc = (crc >> 8) ^ kTable[0][(crc ^ static_cast<std::uint8_t>(*at++)) & 0xFF];
    }
    return crc;
}

#if defined(__x86_64__)
// The instruction has a latency of three cycles and a throughput of one, so three independent lanes keep it busy.
constexpr std::size_t kLaneBytes = 2048;

// shift[k][b]: byte b at place k of a CRC register, carried over kLaneBytes zero bytes; joins neighbouring lanes.
using Shift = std::array<std::array<std::uint32_t, 256>, 4>;
Shift makeShift() {
    Shift shift{};
    const std::array<char, kLaneBytes> zeros{};
    for (std::size_t place = 0; place < 4; ++place) {
        for (std::uint32_t byte = 0; byte < 256; ++byte) {
            shift[place][byte] = sliceBy8(byte << (8 * place), zeros.data(), zeros.size());
        }
    }
    return shift;
}

std::uint32_t overLane(const Shift& shift, std::uint32_t crc) {
    return shift[0][crc & 0xFF] ^ shift[1][(crc >> 8) & 0xFF] ^ shift[2][(crc >> 16) & 0xFF] ^ shift[3][crc >> 24];
}

std::uint64_t wordAt(const char* at) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    return word;
}

__attribute__((target("sse4.2"))) std::uint32_t hardware(std::uint32_t start, const char* at, std::size_t size) {
    std::uint64_t crc = start;
    if (size >= 3 * kLaneBytes) {
        static const Shift shift = makeShift();
        for (; size >= 3 * kLaneBytes; at += 3 * kLaneBytes, size -= 3 * kLaneBytes) {
            std::uint64_t second = 0;
            std::uint64_t third = 0;
            for (const char* end = at + kLaneBytes; at < end; at += 8) {
                crc = _mm_crc32_u64(crc, wordAt(at));
                second = _mm_crc32_u64(second, wordAt(at + kLaneBytes));
                third = _mm_crc32_u64(third, wordAt(at + 2 * kLaneBytes));
            }
            at -= kLaneBytes;
            const auto joined = overLane(shift, static_cast<std::uint32_t>(crc)) ^ static_cast<std::uint32_t>(second);
            crc = overLane(shift, joined) ^ static_cast<std::uint32_t>(third);
        }
    }
    for (; size >= 8; at += 8, size -= 8) {
        crc = _mm_crc32_u64(crc, wordAt(at));
    }
    auto narrow = static_cast<std::uint32_t>(crc);
    for (; size > 0; ++at, --size) {
        narrow = _mm_crc32_u8(narrow, static_cast<std::uint8_t>(*at));
    }
    return narrow;
}
#endif

} // namespace

bool crc32cHasHardware() {
#if defined(__x86_64__)
    static const bool has = __builtin_cpu_supports("sse4.2") != 0;
    return has;
#else
    return false;
#endif
}

std::uint32_t crc32cSoftware(std::string_view bytes) {
    return ~sliceBy8(~0U, bytes.data(), bytes.size());
}

std::uint32_t crc32c(std::string_view bytes) {
#if defined(__x86_64__)
    if (crc32cHasHardware()) {
        return ~hardware(~0U, bytes.data(), bytes.size());
    }
#endif
    return crc32cSoftware(bytes);
}

} // namespace meshbone::backbone
