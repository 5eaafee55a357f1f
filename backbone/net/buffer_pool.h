// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace meshbone::backbone::net {

class BufferPool;

/// A buffer for one long frame, given back to its pool on destruction. Movable; loop thread only.
class FrameBuffer {
public:
    FrameBuffer() = default;
    FrameBuffer(FrameBuffer&& other) noexcept;
    FrameBuffer& operator=(FrameBuffer&& other) noexcept;
    ~FrameBuffer();

    [[nodiscard]] std::span<char> bytes() const { return {m_bytes.get(), m_size}; }
    explicit operator bool() const { return m_pool != nullptr; }

private:
    friend class BufferPool;
    BufferPool* m_pool = nullptr;
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

/// Bounds what all connections together may hold in half-received frames, and keeps a few big buffers for the next
/// frame.
class BufferPool {
public:
    explicit BufferPool(std::size_t maxBytes)
        : m_maxBytes(maxBytes) {}
    BufferPool(const BufferPool&) = delete;
    BufferPool& operator=(const BufferPool&) = delete;

    /// A buffer of `size` bytes with undefined content; an empty one when the bound is reached (unless nothing is out:
    /// one frame of any legal size always fits).
    FrameBuffer take(std::size_t size);
    [[nodiscard]] std::size_t bytesOut() const { return m_bytesOut; }

private:
    friend class FrameBuffer;
    void giveBack(std::unique_ptr<char[]> bytes, std::size_t size, std::size_t capacity);

    struct Spare {
        std::unique_ptr<char[]> bytes;
        std::size_t capacity = 0;
    };
    static constexpr std::size_t kMaxSpares = 4;
    static constexpr std::size_t kMaxSpareBytes = std::size_t{2} << 20;

    std::size_t m_maxBytes;
    std::size_t m_bytesOut = 0;
    std::vector<Spare> m_spares;
};

} // namespace meshbone::backbone::net
