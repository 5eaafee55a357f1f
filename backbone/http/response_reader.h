// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/http.h>

#include <memory>
#include <span>

namespace meshbone::backbone::http {

/// Bytes to one answer, from the client's side, without sockets. Interim answers (1xx) are passed over, at most 16.
class ResponseReader {
public:
    /// `toHead`: the answer has no body, whatever it says of one.
    ResponseReader(bool toHead, std::size_t maxBytes);
    ~ResponseReader();
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    std::span<char> room();
    /// Corrupt or Exhausted, as the end of a sentence: "an answer that is no HTTP".
    Status received(std::size_t bytes);
    /// The server sends no more: the end of an answer without a length, or too early: Unavailable.
    Status ended();

    [[nodiscard]] bool isWhole() const;
    [[nodiscard]] bool hasBegun() const;
    /// The connection may be used again.
    [[nodiscard]] bool isKeepAlive() const;
    HttpResponse take();

private:
    class Parser;
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace meshbone::backbone::http
