// SPDX-License-Identifier: Apache-2.0
#include "ledger/chain.h"

#include "ledger/encoding.h"

namespace meshbone::catalog {
namespace {

std::string fromHex(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        out += static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1]));
    }
    return out;
}

} // namespace

std::string genesisHash() {
    return std::string(64, '0');
}

std::string nextHash(std::string_view previousHex, std::string_view entry) {
    std::string bytes = fromHex(previousHex);
    bytes += entry;
    return toHex(sha256(bytes));
}

} // namespace meshbone::catalog
