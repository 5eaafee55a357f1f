// SPDX-License-Identifier: Apache-2.0
#include "tls/subject_name.h"

#include "tls/unicode.h"

#include <openssl/asn1.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace meshbone::backbone::tls {

namespace {

struct Keyword {
    std::string_view number, word;
};
constexpr std::array<Keyword, 9> kKeywords{{{"2.5.4.3", "CN"},
                                            {"2.5.4.6", "C"},
                                            {"2.5.4.7", "L"},
                                            {"2.5.4.8", "ST"},
                                            {"2.5.4.9", "STREET"},
                                            {"2.5.4.10", "O"},
                                            {"2.5.4.11", "OU"},
                                            {"0.9.2342.19200300.100.1.25", "DC"},
                                            {"0.9.2342.19200300.100.1.1", "UID"}}};

std::string numberOf(const ASN1_OBJECT* object) {
    const auto length = OBJ_obj2txt(nullptr, 0, object, 1);
    std::string text(static_cast<std::size_t>(std::max(length, 0)) + 1, '\0');
    OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1);
    text.pop_back();
    return text;
}

/// The kinds of strings that Java shows as text; it takes the bytes of each for UTF-8.
bool isText(int type) {
    switch (type) {
    case V_ASN1_PRINTABLESTRING:
    case V_ASN1_T61STRING:
    case V_ASN1_IA5STRING:
    case V_ASN1_GENERALSTRING:
    case V_ASN1_BMPSTRING:
    case V_ASN1_UTF8STRING:
        return true;
    default:
        return false;
    }
}

std::string hexOf(const ASN1_STRING* value) {
    const std::unique_ptr<ASN1_TYPE, decltype(&ASN1_TYPE_free)> any(ASN1_TYPE_new(), ASN1_TYPE_free);
    ASN1_TYPE_set1(any.get(), ASN1_STRING_type(value), value);
    unsigned char* bytes = nullptr;
    const int size = i2d_ASN1_TYPE(any.get(), &bytes);
    std::string hex = "#";
    for (int i = 0; i < size; ++i) {
        hex += fmt::format("{:02x}", bytes[i]);
    }
    OPENSSL_free(bytes);
    return hex;
}

std::string escaped(std::string_view value) {
    constexpr std::string_view kEscaped = ",=+<>#;\"\\";
    std::string text;
    for (const char c : value) {
        if (c == '\0') {
            text += "\\00";
            continue;
        }
        if (kEscaped.find(c) != std::string_view::npos) {
            text += '\\';
        }
        text += c;
    }
    constexpr std::string_view kBlanks = " \r";
    const auto first = std::min(text.find_first_not_of(kBlanks), text.size());
    const auto last = text.find_last_not_of(kBlanks); // npos: nothing but blanks, all of which are before `first`
    std::string all;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i < first || (last != std::string::npos && i > last)) {
            all += '\\';
        }
        all += text[i];
    }
    return all;
}

std::string partOf(const X509_NAME_ENTRY* entry) {
    const auto number = numberOf(X509_NAME_ENTRY_get_object(entry));
    const auto* value = X509_NAME_ENTRY_get_data(entry);
    const auto* keyword = std::ranges::find(kKeywords, number, &Keyword::number);
    if (keyword == kKeywords.end()) {
        return number + "=" + hexOf(value);
    }
    if (!isText(ASN1_STRING_type(value))) {
        return std::string(keyword->word) + "=" + hexOf(value);
    }
    const std::string_view bytes(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                                 static_cast<std::size_t>(ASN1_STRING_length(value)));
    return std::string(keyword->word) + "=" + escaped(utf8Of(codePointsOf(bytes)));
}

} // namespace

std::string subjectName(const X509* certificate) {
    const auto* name = X509_get_subject_name(certificate);
    std::vector<std::string> parts;
    int lastSet = -1;
    for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
        const auto* entry = X509_NAME_get_entry(name, i);
        const int set = X509_NAME_ENTRY_set(entry);
        if (set == lastSet) {
            parts.back() += "+" + partOf(entry);
        } else {
            parts.push_back(partOf(entry));
        }
        lastSet = set;
    }
    std::ranges::reverse(parts);
    return fmt::format("{}", fmt::join(parts, ","));
}

} // namespace meshbone::backbone::tls
