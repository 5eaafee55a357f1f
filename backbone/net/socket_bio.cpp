// SPDX-License-Identifier: Apache-2.0
#include "net/socket_bio.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <sys/socket.h>

namespace meshbone::backbone::net {

namespace {

struct Source {
    int descriptor;
    ReadAllowance* allowance;
};

Source& sourceOf(BIO* bio) {
    return *static_cast<Source*>(BIO_get_data(bio));
}

int writeSome(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    const auto sent = ::send(sourceOf(bio).descriptor, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(sent);
}

int readSome(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    auto& source = sourceOf(bio);
    auto room = static_cast<std::size_t>(size);
    if (source.allowance != nullptr) {
        room = std::min(room, source.allowance->bytes);
        if (room == 0) {
            BIO_set_retry_read(bio);
            return -1;
        }
    }
    const auto got = ::recv(source.descriptor, data, room, 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
        BIO_set_retry_read(bio);
    } else if (got == 0) {
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    } else if (got > 0 && source.allowance != nullptr) {
        source.allowance->bytes -= static_cast<std::size_t>(got);
        source.allowance->taken += static_cast<std::size_t>(got);
    }
    return static_cast<int>(got);
}

long control(BIO* bio, int command, long, void*) {
    switch (command) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_EOF:
        return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
    default:
        return 0;
    }
}

int destroy(BIO* bio) {
    delete static_cast<Source*>(BIO_get_data(bio));
    BIO_set_data(bio, nullptr);
    return 1;
}

const BIO_METHOD* method() {
    static const std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> made = [] {
        std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> fresh(
            BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without signals"), BIO_meth_free);
        BIO_meth_set_write(fresh.get(), writeSome);
        BIO_meth_set_read(fresh.get(), readSome);
        BIO_meth_set_ctrl(fresh.get(), control);
        BIO_meth_set_destroy(fresh.get(), destroy);
        return fresh;
    }();
    return made.get();
}

} // namespace

tls::BioPtr socketBio(int descriptor, ReadAllowance* allowance) {
    tls::BioPtr bio(BIO_new(method()));
    if (bio) {
        BIO_set_data(bio.get(), new Source{descriptor, allowance});
        BIO_set_init(bio.get(), 1);
    }
    return bio;
}

} // namespace meshbone::backbone::net
