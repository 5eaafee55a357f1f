// SPDX-License-Identifier: Apache-2.0
#include "replay/digest.h"

#include <openssl/evp.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace meshbone::backbone {

struct Sha256::Context {
    Context()
        : evp(EVP_MD_CTX_new()) {
        if (evp == nullptr || EVP_DigestInit_ex(evp, EVP_sha256(), nullptr) != 1) {
            throw std::bad_alloc(); // the algorithm is built in: only memory can be missing
        }
    }
    ~Context() { EVP_MD_CTX_free(evp); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    EVP_MD_CTX* evp;
};

Sha256::Sha256()
    : m_context(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&& other) noexcept = default;
Sha256& Sha256::operator=(Sha256&& other) noexcept = default;

void Sha256::add(std::string_view bytes) {
    EVP_DigestUpdate(m_context->evp, bytes.data(), bytes.size());
}

std::string Sha256::hex() const {
    const Context copy;
    EVP_MD_CTX_copy_ex(copy.evp, m_context->evp);
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(copy.evp, digest.data(), nullptr);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const auto byte : digest) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 0xf];
    }
    return text;
}

std::string sha256Hex(std::string_view bytes) {
    Sha256 digest;
    digest.add(bytes);
    return digest.hex();
}

namespace {

/// Collects small pieces, so that the digest is called for few large ones.
class Frame {
public:
    explicit Frame(Sha256& digest)
        : m_digest(digest) {}
    ~Frame() { flush(); }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    void number(std::uint64_t value, int bytes) {
        room(8);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            m_buffer[m_size++] = static_cast<char>(value >> shift);
        }
    }
    void bytes(const std::optional<std::string_view>& value) {
        number(value ? static_cast<std::uint64_t>(value->size()) : ~std::uint64_t{0}, 4);
        if (!value) {
            return;
        }
        if (value->size() > m_buffer.size()) {
            flush();
            m_digest.add(*value);
            return;
        }
        room(value->size());
        std::memcpy(m_buffer.data() + m_size, value->data(), value->size());
        m_size += value->size();
    }

private:
    void room(std::size_t bytes) {
        if (m_size + bytes > m_buffer.size()) {
            flush();
        }
    }
    void flush() {
        m_digest.add({m_buffer.data(), m_size});
        m_size = 0;
    }
    Sha256& m_digest;
    std::array<char, 256> m_buffer;
    std::size_t m_size = 0;
};

} // namespace

void addRecord(Sha256& digest, const RecordView& record, std::span<const HeaderView> headers) {
    Frame frame(digest);
    frame.number(static_cast<std::uint64_t>(record.timestampMs), 8);
    frame.bytes(record.key);
    frame.bytes(record.value);
    frame.number(headers.size(), 4);
    for (const auto& header : headers) {
        frame.bytes(header.name);
        frame.bytes(header.value);
    }
}

} // namespace meshbone::backbone
