// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

struct iovec;

namespace meshbone::backbone::net {

/// How a connection's bytes go over its socket, which is non-blocking and the connection's: as they are, or in TLS.
/// Loop thread only.
class Transport {
public:
    enum class Outcome : std::uint8_t {
        Moved,      ///< some bytes; of a handshake: done
        WantsRead,  ///< nothing before the socket can be read …
        WantsWrite, ///< … or written
        Closed,     ///< the peer is gone
        Broken,     ///< it can't go on; failure() says why
    };
    struct Move {
        Outcome outcome = Outcome::Moved;
        std::size_t count = 0;
    };

    virtual ~Transport() = default;

    /// Until it says Moved nothing else is called but failure().
    virtual Outcome shakeHands() { return Outcome::Moved; }
    virtual Move receive(std::span<char> into) = 0;
    /// Sends from the front of the pieces. After WantsWrite the next call begins with the same bytes.
    virtual Move send(std::span<const iovec> pieces) = 0;
    /// The last receive() ended for want of room: more may be here that no event of the socket will tell of.
    [[nodiscard]] virtual bool mayHoldMore() const { return false; }
    /// The peer has closed, and nothing that it sent is left.
    virtual bool isGone() = 0;
    /// Tells the peer that nothing more comes, as far as that is possible at once.
    virtual void sayGoodbye() {}
    /// A sentence for the log; empty where the peer just went away.
    [[nodiscard]] virtual std::string failure() const { return {}; }
    /// The subject of the peer's certificate, which was checked, in Java's spelling; none without one.
    [[nodiscard]] virtual std::optional<std::string> peerName() const { return std::nullopt; }
};

/// Bytes as they are.
std::unique_ptr<Transport> plainTransport(int descriptor);

} // namespace meshbone::backbone::net
