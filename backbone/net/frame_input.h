// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/buffer_pool.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace meshbone::backbone::net {

/// Cuts a byte stream into length-prefixed frames. Holds nothing between frames; knows no sockets. Loop thread only.
///
/// Use: recv into space(scratch), received(n), next() until it gives none, park(). The scratch buffer is shared by all
/// connections of a loop, so nothing may be left in it between turns: park() copies the rest away.
class FrameInput {
public:
    FrameInput(BufferPool& pool, std::size_t maxFrameBytes)
        : m_pool(pool)
        , m_maxFrameBytes(maxFrameBytes) {}

    /// Longer frames are refused before anything is allocated for them.
    void setMaxFrameBytes(std::size_t bytes) { m_maxFrameBytes = bytes; }

    /// Where the next bytes go: the rest of a long frame, or the scratch buffer behind what was parked. Empty: cut
    /// first.
    std::span<char> space(std::span<char> scratch);
    void received(std::size_t count);
    /// The next whole frame, without its length. Valid, and writable, until the next call of a function of this class.
    std::optional<std::span<char>> next();
    void park();

    /// A sentence when the stream isn't ours (length out of bounds, TLS, HTTP); it can't go on then.
    [[nodiscard]] const std::string& refusal() const { return m_refusal; }
    /// The pool had no room for the next frame: call next() again later.
    [[nodiscard]] bool starved() const { return m_starved; }
    /// Bytes of a frame, or of several, are waiting in here.
    [[nodiscard]] bool holdsBytes() const { return !m_view.empty() || !m_kept.empty() || static_cast<bool>(m_long); }

private:
    std::optional<std::span<char>> nextInView();

    BufferPool& m_pool;
    std::size_t m_maxFrameBytes;
    FrameBuffer m_long;           ///< a frame that gets its own buffer …
    std::size_t m_longFilled = 0; ///< … and how much of it is there
    bool m_longHandedOut = false;
    std::string m_kept;         ///< parked bytes
    bool m_cuttingKept = false; ///< m_view lies (or lay) in m_kept
    std::span<char> m_view;     ///< not yet cut; lies in the scratch buffer or in m_kept
    bool m_starved = false;
    std::string m_refusal;
};

/// The length at the start of a frame, and what a stranger's first four bytes look like; a sentence, or empty when
/// legal.
std::string refuseFrameLength(std::span<const char, 4> prefix, std::size_t maxFrameBytes);

} // namespace meshbone::backbone::net
