// SPDX-License-Identifier: Apache-2.0
#include "net/frame_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace meshbone::backbone::net {

namespace {

constexpr std::size_t kPrefixBytes = 4;
constexpr std::size_t kShortFrameBytes = 16'384; ///< up to here a partial frame waits for the next read in place

std::uint32_t bigEndian32(const char* bytes) {
    std::array<unsigned char, 4> b{};
    std::memcpy(b.data(), bytes, b.size());
    return std::uint32_t{b[0]} << 24 | std::uint32_t{b[1]} << 16 | std::uint32_t{b[2]} << 8 | b[3];
}

} // namespace

std::string refuseFrameLength(std::span<const char, 4> prefix, std::size_t maxFrameBytes) {
    const std::string_view text(prefix.data(), prefix.size());
    if (text[0] == 0x16 && text[1] == 0x03) {
        return "It starts a TLS handshake, but this listener speaks plain text: set security.protocol to "
               "SASL_PLAINTEXT or PLAINTEXT.";
    }
    for (const std::string_view verb : {"GET ", "POST", "HEAD", "PUT ", "OPTI", "DELE", "PRI "}) {
        if (text == verb) {
            return "It speaks HTTP, but this port speaks the Kafka protocol.";
        }
    }
    const auto length = bigEndian32(prefix.data());
    if (length > 0x7fffffffU) {
        return "It announced a frame of negative length.";
    }
    if (length > maxFrameBytes) {
        return fmt::format("It announced a frame of {} bytes; the limit is {} bytes.", length, maxFrameBytes);
    }
    return {};
}

std::span<char> FrameInput::space(std::span<char> scratch) {
    if (m_long) {
        return m_long.bytes().subspan(m_longFilled);
    }
    if (m_kept.size() >= scratch.size()) {
        return {};
    }
    std::ranges::copy(m_kept, scratch.begin());
    m_view = scratch.first(m_kept.size());
    m_kept = std::string();
    return scratch.subspan(m_view.size());
}

void FrameInput::received(std::size_t count) {
    if (m_long) {
        m_longFilled += count;
    } else {
        m_view = {m_view.data(), m_view.size() + count};
    }
}

std::optional<std::span<char>> FrameInput::next() {
    if (m_longHandedOut) {
        m_long = {};
        m_longHandedOut = false;
    }
    if (m_long) {
        if (m_longFilled < m_long.bytes().size()) {
            return std::nullopt;
        }
        m_longHandedOut = true;
        return m_long.bytes();
    }
    if (m_view.empty() && !m_kept.empty()) { // parked earlier, cut now
        if (m_cuttingKept) {
            m_kept.clear();
        } else {
            m_view = m_kept;
        }
        m_cuttingKept = !m_cuttingKept;
    }
    return nextInView();
}

std::optional<std::span<char>> FrameInput::nextInView() {
    m_starved = false;
    if (!m_refusal.empty() || m_view.size() < kPrefixBytes) {
        return std::nullopt;
    }
    m_refusal = refuseFrameLength(std::span<const char, 4>(m_view.data(), 4), m_maxFrameBytes);
    if (!m_refusal.empty()) {
        return std::nullopt;
    }
    const std::size_t length = bigEndian32(m_view.data());
    const auto rest = m_view.subspan(kPrefixBytes);
    if (length <= rest.size()) {
        m_view = rest.subspan(length);
        return rest.first(length);
    }
    if (length > kShortFrameBytes) {
        m_long = m_pool.take(length);
        m_starved = !m_long;
        if (m_long) {
            std::ranges::copy(rest, m_long.bytes().begin());
            m_longFilled = rest.size();
            m_view = {};
        }
    }
    return std::nullopt;
}

void FrameInput::park() {
    if (m_longHandedOut) {
        m_long = {};
        m_longHandedOut = false;
    }
    if (!m_view.empty()) {
        std::string rest(m_view.begin(), m_view.end());
        m_kept = std::move(rest);
    } else if (m_cuttingKept) {
        m_kept = std::string(); // gives the memory back: an idle connection holds no buffer
    }
    m_view = {};
    m_cuttingKept = false;
}

} // namespace meshbone::backbone::net
