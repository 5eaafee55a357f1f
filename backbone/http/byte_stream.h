// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>

namespace meshbone::backbone::http {

/// A connected client's bytes, in plain text or in TLS. Belongs to the I/O thread; one read and one write may be under
/// way at a time. What is under way ends with ok = false when the stream is closed. `done` is called on the I/O thread,
/// and may be called before the call returns only by handshake().
class ByteStream {
public:
    using Done = std::move_only_function<void(bool ok, std::size_t bytes)>;

    virtual ~ByteStream() = default;
    virtual void handshake(Done done) = 0;
    /// At least one byte; not ok when the client sends no more. `into` must stay.
    virtual void read(std::span<char> into, Done done) = 0;
    /// All of both, in one go; both must stay.
    virtual void write(std::string_view head, std::string_view body, Done done) = 0;
    /// Says that nothing more comes, and reads away what the client still sends, until it hangs up (or has sent far too
    /// much): an answer on its way would be lost with a connection that is closed over unread bytes.
    virtual void linger(Done done) = 0;
    virtual void close() = 0;
};

} // namespace meshbone::backbone::http
