// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::wire {

/// Record batches inside an answer. They are sent from where they are: encoding copies the view, never the bytes.
/// `owner` keeps the bytes alive for as long as the frame; leave it empty where something else does.
struct Records {
    std::string_view bytes;
    std::shared_ptr<const void> owner;
};

/// An encoded message, ready to be sent: its length in four bytes, the header, the body. Owns everything but record
/// bytes, which it refers to. Value type; one thread at a time.
class Frame {
public:
    /// Record bytes that belong in front of the byte at `at`.
    struct Splice {
        std::size_t at = 0;
        Records records;
    };

    Frame() = default;
    Frame(std::string bytes, std::vector<Splice> splices)
        : m_bytes(std::move(bytes))
        , m_splices(std::move(splices)) {}

    /// All bytes that go to the socket, records included.
    [[nodiscard]] std::size_t sizeBytes() const;

    /// Calls piece(std::string_view) for each run of bytes in order, for writev; views live as long as this frame.
    template <class Piece>
    void forEachPiece(Piece piece) const {
        const std::string_view all = m_bytes;
        std::size_t at = 0;
        for (const auto& splice : m_splices) {
            if (splice.at > at) {
                piece(all.substr(at, splice.at - at));
            }
            if (!splice.records.bytes.empty()) {
                piece(splice.records.bytes);
            }
            at = splice.at;
        }
        if (at < all.size()) {
            piece(all.substr(at));
        }
    }

    /// One copy of everything: for tests, tools and small messages.
    [[nodiscard]] std::string flatten() const;

private:
    std::string m_bytes;
    std::vector<Splice> m_splices; ///< ascending in `at`
};

} // namespace meshbone::backbone::wire
