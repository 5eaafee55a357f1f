// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/contract.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace meshbone::test {

inline std::string exampleText(const std::string& name) {
    std::ifstream in(std::string(EXAMPLES "/") + name, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.empty()) {
        throw std::runtime_error("no example " + name);
    }
    return text;
}

inline catalog::Contract contractOf(std::string text) {
    auto contract = catalog::readContract(std::move(text));
    if (!contract) {
        throw std::runtime_error(contract.error().front().sentence);
    }
    return *contract;
}

inline catalog::Contract exampleContract(const std::string& name) {
    return contractOf(exampleText(name));
}

/// The text with its only `from` replaced.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) {
        throw std::runtime_error("not there, or twice: " + from);
    }
    return text.replace(at, from.size(), to);
}

} // namespace meshbone::test
