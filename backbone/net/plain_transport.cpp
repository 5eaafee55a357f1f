// SPDX-License-Identifier: Apache-2.0
#include "net/transport.h"

#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>

namespace meshbone::backbone::net {

namespace {

class PlainTransport final : public Transport {
public:
    explicit PlainTransport(int descriptor)
        : m_descriptor(descriptor) {}

    Move receive(std::span<char> into) override {
        const auto count = ::recv(m_descriptor, into.data(), into.size(), 0);
        return count == 0 ? Move{Outcome::Closed} : outcomeOf(count, Outcome::WantsRead);
    }

    Move send(std::span<const iovec> pieces) override {
        msghdr message{};
        message.msg_iov = const_cast<iovec*>(pieces.data()); // sendmsg does not write to them
        message.msg_iovlen = pieces.size();
        return outcomeOf(::sendmsg(m_descriptor, &message, MSG_NOSIGNAL), Outcome::WantsWrite);
    }

    bool isGone() override {
        char byte = 0;
        return ::recv(m_descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
    }

private:
    static Move outcomeOf(ssize_t count, Outcome whenBusy) {
        if (count >= 0) {
            return {Outcome::Moved, static_cast<std::size_t>(count)};
        }
        if (errno == EINTR) {
            return {Outcome::Moved, 0};
        }
        return {errno == EAGAIN || errno == EWOULDBLOCK ? whenBusy : Outcome::Closed};
    }

    int m_descriptor;
};

} // namespace

std::unique_ptr<Transport> plainTransport(int descriptor) {
    return std::make_unique<PlainTransport>(descriptor);
}

} // namespace meshbone::backbone::net
