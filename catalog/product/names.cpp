// SPDX-License-Identifier: Apache-2.0
#include "product/names.h"

#include <backbone/topic_names.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kKeyTextBytes = 44; // base64 of 32 bytes
constexpr std::size_t kClippedBytes = 80;

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isAlnum(char c) {
    return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
}
bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

} // namespace

std::string_view clipped(std::string_view text) {
    if (text.size() <= kClippedBytes) {
        return text;
    }
    std::size_t end = kClippedBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
        --end;
    }
    return text.substr(0, end);
}

Status checkSlug(std::string_view what, std::string_view id) {
    const bool letters = std::ranges::all_of(id, [](char c) { return isLower(c) || isDigit(c) || c == '-'; });
    if (id.empty() || id.size() > kMaxSlugBytes || !letters || id.front() == '-' || id.back() == '-') {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("'{}' can't be the id of a {}: use 1 to {} of a-z, 0-9 and '-', not starting or ending "
                                "with '-'.",
                                isUtf8(id) ? clipped(id) : "…", what, kMaxSlugBytes));
    }
    return {};
}

Status checkName(std::string_view what, std::string_view name) {
    if (isBlank(name) || name.size() > kMaxNameBytes || !isUtf8(name) || std::ranges::any_of(name, isControl)) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The name of a {} is one line of 1 to {} bytes.", what, kMaxNameBytes));
    }
    return {};
}

Status checkText(std::string_view what, std::string_view text, std::size_t maxBytes) {
    const auto forbidden = [](char c) { return isControl(c) && c != '\n' && c != '\t'; };
    if (text.size() > maxBytes) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The {} is too long: {} bytes, at most {} are allowed.", what, text.size(), maxBytes));
    }
    if (!isUtf8(text) || std::ranges::any_of(text, forbidden)) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The {} holds control characters or isn't valid UTF-8; remove them.", what));
    }
    return {};
}

Status checkTopicName(std::string_view topic) {
    const bool letters =
        std::ranges::all_of(topic, [](char c) { return isAlnum(c) || c == '.' || c == '_' || c == '-'; });
    if (topic.empty() || topic.size() > kMaxTopicBytes || !letters || topic == "." || topic == "..") {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("'{}' isn't a topic name that Kafka allows: use 1 to {} of a-z, A-Z, 0-9, '.', '_' and "
                                "'-'.",
                                isUtf8(topic) ? clipped(topic) : "…", kMaxTopicBytes));
    }
    return {};
}

Status checkProductTopic(std::string_view topic) {
    if (auto named = checkTopicName(topic); !named) {
        return named;
    }
    if (backbone::isInternalTopicName(topic)) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("Topic '{}' is an internal one and can't be a port of a product.", clipped(topic)));
    }
    return {};
}

Status checkPublicKey(std::string_view key) {
    const auto letter = [](char c) { return isAlnum(c) || c == '+' || c == '/'; };
    const bool body = key.size() == kKeyTextBytes && key.back() == '=' &&
                      std::ranges::all_of(key.substr(0, kKeyTextBytes - 1), letter);
    // 32 bytes leave two bits of the last letter unused; they must be zero, so that a key has one spelling only.
    if (!body || std::string_view("AEIMQUYcgkosw048").find(key[kKeyTextBytes - 2]) == std::string_view::npos) {
        return fail(ErrorCode::InvalidArgument, "The public key isn't an Ed25519 key in base64 (44 characters).");
    }
    return {};
}

} // namespace meshbone::catalog
