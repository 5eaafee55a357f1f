// SPDX-License-Identifier: Apache-2.0
#include <lineage/authorizer_log.h>

namespace meshbone::lineage {

Result<std::int64_t> parseUtcOffset(std::string_view text) {
    constexpr std::int64_t kMinuteMs = 60'000;
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 99; };
    if (text == "Z") {
        return 0;
    }
    if (text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':') {
        const int hours = digit(1) * 10 + digit(2), minutes = digit(4) * 10 + digit(5);
        if (hours <= 18 && minutes < 60) {
            return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes) * kMinuteMs;
        }
    }
    return fail(ErrorCode::InvalidArgument,
                "'" + std::string(text) + "' isn't an offset from UTC. Write it as +02:00, or Z for none.");
}

} // namespace meshbone::lineage
