// SPDX-License-Identifier: Apache-2.0
#include "net/buffer_pool.h"

#include <algorithm>
#include <utility>

namespace meshbone::backbone::net {

FrameBuffer::FrameBuffer(FrameBuffer&& other) noexcept
    : m_pool(std::exchange(other.m_pool, nullptr))
    , m_bytes(std::move(other.m_bytes))
    , m_size(std::exchange(other.m_size, 0))
    , m_capacity(std::exchange(other.m_capacity, 0)) {}

FrameBuffer& FrameBuffer::operator=(FrameBuffer&& other) noexcept {
    if (this != &other) {
        FrameBuffer old(std::move(*this));
        m_pool = std::exchange(other.m_pool, nullptr);
        m_bytes = std::move(other.m_bytes);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
    }
    return *this;
}

FrameBuffer::~FrameBuffer() {
    if (m_pool != nullptr) {
        m_pool->giveBack(std::move(m_bytes), m_size, m_capacity);
    }
}

FrameBuffer BufferPool::take(std::size_t size) {
    FrameBuffer buffer;
    if (m_bytesOut != 0 && m_bytesOut + size > m_maxBytes) {
        return buffer;
    }
    const auto spare = std::ranges::find_if(
        m_spares, [size](const Spare& s) { return s.capacity >= size && s.capacity <= 2 * size + 65'536; });
    if (spare != m_spares.end()) {
        buffer.m_bytes = std::move(spare->bytes);
        buffer.m_capacity = spare->capacity;
        m_spares.erase(spare);
    } else {
        buffer.m_bytes.reset(new char[size]); // not value-initialised: untouched pages stay out of memory
        buffer.m_capacity = size;
    }
    buffer.m_size = size;
    buffer.m_pool = this;
    m_bytesOut += size;
    return buffer;
}

void BufferPool::giveBack(std::unique_ptr<char[]> bytes, std::size_t size, std::size_t capacity) {
    m_bytesOut -= size;
    if (capacity <= kMaxSpareBytes && m_spares.size() < kMaxSpares) {
        m_spares.push_back({std::move(bytes), capacity});
    }
}

} // namespace meshbone::backbone::net
