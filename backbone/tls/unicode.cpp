// SPDX-License-Identifier: Apache-2.0
#include "tls/unicode.h"

#include <clocale>
#include <cstdint>
#include <cwctype>

namespace meshbone::backbone::tls {

namespace {

constexpr char32_t kReplacement = 0xfffd;

struct Lead {
    int more;                     ///< bytes that follow; -1: no character begins so
    std::uint8_t lowest, highest; ///< of the second byte
};

Lead leadOf(std::uint8_t byte) {
    if (byte < 0x80) {
        return {0, 0, 0};
    }
    if (byte >= 0xc2 && byte <= 0xdf) {
        return {1, 0x80, 0xbf};
    }
    if (byte >= 0xe0 && byte <= 0xef) {
        return {2, static_cast<std::uint8_t>(byte == 0xe0 ? 0xa0 : 0x80),
                static_cast<std::uint8_t>(byte == 0xed ? 0x9f : 0xbf)};
    }
    if (byte >= 0xf0 && byte <= 0xf4) {
        return {3, static_cast<std::uint8_t>(byte == 0xf0 ? 0x90 : 0x80),
                static_cast<std::uint8_t>(byte == 0xf4 ? 0x8f : 0xbf)};
    }
    return {-1, 0, 0};
}

/// C.UTF-8 knows every letter and no language; it comes with the C library.
locale_t everyLetter() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

char32_t asciiInCase(char32_t c, LetterCase letters) {
    if (letters == LetterCase::Lower) {
        return c >= U'A' && c <= U'Z' ? c + 32 : c;
    }
    return c >= U'a' && c <= U'z' ? c - 32 : c;
}

} // namespace

std::u32string codePointsOf(std::string_view utf8) {
    std::u32string points;
    points.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const auto first = static_cast<std::uint8_t>(utf8[at++]);
        const auto lead = leadOf(first);
        bool whole = lead.more >= 0;
        char32_t point = lead.more <= 0 ? first : first & (0x3fU >> lead.more);
        for (int i = 0; i < lead.more && whole; ++i) {
            const auto next = at < utf8.size() ? static_cast<std::uint8_t>(utf8[at]) : std::uint8_t{0};
            whole = next >= (i == 0 ? lead.lowest : 0x80) && next <= (i == 0 ? lead.highest : 0xbf);
            if (whole) {
                point = point << 6 | (next & 0x3fU);
                ++at;
            }
        }
        points += whole ? point : kReplacement;
    }
    return points;
}

std::string utf8Of(std::u32string_view codePoints) {
    std::string utf8;
    utf8.reserve(codePoints.size());
    const auto tail = [&](char32_t point, int shift) { utf8 += static_cast<char>(0x80 | (point >> shift & 0x3f)); };
    for (const auto point : codePoints) {
        if (point < 0x80) {
            utf8 += static_cast<char>(point);
        } else if (point < 0x800) {
            utf8 += static_cast<char>(0xc0 | point >> 6);
            tail(point, 0);
        } else if (point < 0x10000) {
            utf8 += static_cast<char>(0xe0 | point >> 12);
            tail(point, 6);
            tail(point, 0);
        } else {
            utf8 += static_cast<char>(0xf0 | point >> 18);
            tail(point, 12);
            tail(point, 6);
            tail(point, 0);
        }
    }
    return utf8;
}

std::string inCase(std::string_view utf8, LetterCase letters) {
    auto points = codePointsOf(utf8);
    const auto locale = everyLetter();
    for (auto& point : points) {
        if (point < 0x80 || locale == nullptr) {
            point = asciiInCase(point, letters);
        } else {
            const auto wide = static_cast<wint_t>(point);
            point = static_cast<char32_t>(letters == LetterCase::Lower ? ::towlower_l(wide, locale)
                                                                       : ::towupper_l(wide, locale));
        }
    }
    return utf8Of(points);
}

} // namespace meshbone::backbone::tls
