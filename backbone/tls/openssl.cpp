// SPDX-License-Identifier: Apache-2.0
#include "tls/openssl.h"

#include <openssl/err.h>

#include <algorithm>
#include <cstring>

namespace meshbone::backbone::tls {

std::string opensslReason(std::string_view otherwise) {
    const auto code = ERR_get_error();
    ERR_clear_error();
    const char* reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    return reason != nullptr ? std::string(reason) : std::string(otherwise);
}

BioPtr bioOf(std::string_view text) {
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string textOf(BIO* bio) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

int givePassword(char* buffer, int size, int /*writing*/, void* opaque) {
    if (opaque == nullptr) {
        return 0;
    }
    const auto& password = *static_cast<const std::string*>(opaque);
    const auto length = std::min(static_cast<std::size_t>(size), password.size());
    std::memcpy(buffer, password.data(), length);
    return static_cast<int>(length);
}

} // namespace meshbone::backbone::tls
