// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::backbone::net {

/// Bytes on their way out, in pieces, so that record bytes are never copied next to the fields around them. A piece
/// owns its bytes or shares them. Value type, movable.
class Message {
public:
    struct Piece {
        std::string owned;
        std::shared_ptr<const void> keeper; ///< keeps `shared` alive
        std::span<const char> shared;
        [[nodiscard]] std::span<const char> bytes() const { return keeper ? shared : std::span<const char>(owned); }
    };

    Message() = default;
    explicit Message(std::string bytes) { append(std::move(bytes)); }

    void append(std::string bytes) {
        m_size += bytes.size();
        m_pieces.push_back({std::move(bytes), nullptr, {}});
    }
    void append(std::shared_ptr<const void> keeper, std::span<const char> bytes) {
        m_size += bytes.size();
        m_pieces.push_back({{}, std::move(keeper), bytes});
    }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::vector<Piece>& pieces() { return m_pieces; }

private:
    std::vector<Piece> m_pieces;
    std::size_t m_size = 0;
};

} // namespace meshbone::backbone::net
