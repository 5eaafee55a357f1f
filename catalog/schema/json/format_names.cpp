// SPDX-License-Identifier: Apache-2.0
#include "schema/json/format_names.h"

#include <algorithm>
#include <string>

namespace meshbone::catalog::jsonschema {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isBeyondAscii(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}

bool isLabel(std::string_view label, bool isInternational) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
        return false;
    }
    if (label.size() >= 4 && label.substr(2, 2) == "--" && !label.starts_with("xn--") && !label.starts_with("XN--")) {
        return false;
    }
    return std::ranges::all_of(
        label, [&](char c) { return isLetter(c) || isDigit(c) || c == '-' || (isInternational && isBeyondAscii(c)); });
}

bool isHost(std::string_view text, bool isInternational) {
    if (text.empty() || text.size() > 253) {
        return false;
    }
    while (true) {
        const auto dot = text.find('.');
        if (!isLabel(text.substr(0, dot), isInternational)) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

bool isAtom(std::string_view text, bool isInternational) {
    constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~.";
    return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos &&
           std::ranges::all_of(text, [&](char c) {
               return isLetter(c) || isDigit(c) || kOthers.find(c) != std::string_view::npos ||
                      (isInternational && isBeyondAscii(c));
           });
}

bool isMailAddress(std::string_view text, bool isInternational) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at == 0) {
        return false;
    }
    const auto local = text.substr(0, at);
    const auto domain = text.substr(at + 1);
    const bool isQuoted = local.size() > 2 && local.front() == '"' && local.back() == '"' &&
                          local.substr(1, local.size() - 2).find('"') == std::string_view::npos;
    if (!isQuoted && !isAtom(local, isInternational)) {
        return false;
    }
    if (domain.size() > 2 && domain.front() == '[' && domain.back() == ']') {
        const auto address = domain.substr(1, domain.size() - 2);
        return isIpv4(address) || (address.starts_with("IPv6:") && isIpv6(address.substr(5)));
    }
    return isHost(domain, isInternational);
}

/// Only the characters that a part of a URI may have, and whole %-escapes.
bool isUriText(std::string_view text, std::string_view others, bool isInternational) {
    constexpr std::string_view kPlain = "-._~!$&'()*+,;=:@";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2])) {
                return false;
            }
            i += 2;
        } else if (!isLetter(c) && !isDigit(c) && kPlain.find(c) == std::string_view::npos &&
                   others.find(c) == std::string_view::npos && !(isInternational && isBeyondAscii(c))) {
            return false;
        }
    }
    return true;
}

bool isAuthority(std::string_view text, bool isInternational) {
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        const auto user = text.substr(0, at);
        if (user.find('@') != std::string_view::npos || !isUriText(user, "", isInternational)) {
            return false;
        }
        text.remove_prefix(at + 1);
    }
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos || !isIpv6(text.substr(1, close - 1))) {
            return false;
        }
        text.remove_prefix(close + 1);
        return text.empty() || (text.front() == ':' && std::ranges::all_of(text.substr(1), isDigit));
    }
    const auto colon = text.find(':');
    const auto port = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    return std::ranges::all_of(port, isDigit) && isUriText(text.substr(0, colon), "", isInternational);
}

bool isReference(std::string_view text, bool isInternational, bool needsScheme) {
    const auto schemeEnd = text.find_first_of(":/?#");
    const bool hasScheme = schemeEnd != std::string_view::npos && text[schemeEnd] == ':';
    if (hasScheme) {
        const auto scheme = text.substr(0, schemeEnd);
        if (scheme.empty() || !isLetter(scheme.front()) || !std::ranges::all_of(scheme, [](char c) {
                return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.';
            })) {
            return false;
        }
        text.remove_prefix(schemeEnd + 1);
    } else if (needsScheme) {
        return false;
    }
    if (text.starts_with("//")) {
        const auto end = text.find_first_of("/?#", 2);
        if (!isAuthority(text.substr(2, end == std::string_view::npos ? end : end - 2), isInternational)) {
            return false;
        }
        text = end == std::string_view::npos ? std::string_view() : text.substr(end);
    }
    const auto mark = text.find('#');
    const auto fragment = mark == std::string_view::npos ? std::string_view() : text.substr(mark + 1);
    return isUriText(text.substr(0, mark), "/?", isInternational) && isUriText(fragment, "/?", isInternational);
}

} // namespace

bool isEmail(std::string_view text) {
    return isMailAddress(text, false);
}
bool isInternationalEmail(std::string_view text) {
    return isMailAddress(text, true);
}
bool isHostname(std::string_view text) {
    return isHost(text, false);
}
bool isUri(std::string_view text) {
    return isReference(text, false, true);
}
bool isUriReference(std::string_view text) {
    return isReference(text, false, false);
}
bool isIri(std::string_view text) {
    return isReference(text, true, true);
}
bool isIriReference(std::string_view text) {
    return isReference(text, true, false);
}

bool isIpv4(std::string_view text) {
    for (int part = 0; part < 4; ++part) {
        const auto dot = text.find('.');
        const auto number = text.substr(0, dot);
        if ((dot == std::string_view::npos) != (part == 3) || number.empty() || number.size() > 3 ||
            !std::ranges::all_of(number, isDigit) || (number.size() > 1 && number.front() == '0') ||
            (number.size() == 3 && number > "255")) {
            return false;
        }
        text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
    }
    return true;
}

bool isIpv6(std::string_view text) {
    int groups = 0;
    bool hasGap = false;
    if (text.starts_with("::")) {
        hasGap = true;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        const auto colon = text.find(':');
        const auto group = text.substr(0, colon);
        if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
            groups += 2;
            return isIpv4(group) && (hasGap ? groups <= 7 : groups == 8);
        }
        if (group.empty() || group.size() > 4 || !std::ranges::all_of(group, isHex)) {
            return false;
        }
        ++groups;
        if (colon == std::string_view::npos) {
            break;
        }
        text.remove_prefix(colon + 1);
        if (text.empty()) {
            return false; // a single colon at the end
        }
        if (text.starts_with(':')) {
            if (hasGap) {
                return false;
            }
            hasGap = true;
            text.remove_prefix(1);
        }
    }
    return hasGap ? groups <= 7 : groups == 8;
}

bool isUriTemplate(std::string_view text) {
    bool isInside = false;
    for (const char c : text) {
        if (c == '{' || c == '}') {
            if (isInside == (c == '{')) {
                return false;
            }
            isInside = c == '{';
        } else if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' ||
                   c == '`') {
            return false;
        }
    }
    return !isInside;
}

bool isUuid(std::string_view text) {
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        if (isDash ? text[i] != '-' : !isHex(text[i])) {
            return false;
        }
    }
    return true;
}

bool isJsonPointer(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))) {
            return false;
        }
    }
    return text.empty() || text.front() == '/';
}

bool isRelativeJsonPointer(std::string_view text) {
    const auto end = std::ranges::find_if_not(text, isDigit) - text.begin();
    if (end == 0 || (end > 1 && text.front() == '0')) {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(end));
    return text == "#" || isJsonPointer(text);
}

} // namespace meshbone::catalog::jsonschema
