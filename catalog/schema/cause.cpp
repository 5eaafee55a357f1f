// SPDX-License-Identifier: Apache-2.0
#include "schema/cause.h"

#include <algorithm>

namespace meshbone::catalog {

std::string causeOf(const std::string& sentence) {
    constexpr std::string_view kAt = "At byte ";
    if (!sentence.starts_with(kAt)) {
        return sentence;
    }
    auto rest = sentence.substr(std::min(sentence.find_first_not_of("0123456789", kAt.size()), sentence.size()));
    rest.erase(0, rest.find_first_not_of(",: "));
    if (!rest.empty() && rest[0] >= 'a' && rest[0] <= 'z') {
        rest[0] = static_cast<char>(rest[0] - 32);
    }
    return rest;
}

std::string fieldOf(std::string_view sentence) {
    const auto begin = sentence.find('`');
    const auto end = begin == std::string_view::npos ? begin : sentence.find('`', begin + 1);
    return end == std::string_view::npos ? std::string() : std::string(sentence.substr(begin + 1, end - begin - 1));
}

} // namespace meshbone::catalog
