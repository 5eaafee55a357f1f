// SPDX-License-Identifier: Apache-2.0
#include "schema/json/formats.h"

#include "schema/json/format_names.h"
#include "schema/json/format_times.h"
#include "schema/json/pattern.h"

#include <array>

namespace meshbone::catalog::jsonschema {

namespace {

bool isRegex(std::string_view text) {
    return Pattern::of(text).has_value();
}

constexpr std::array<Format, 18> kFormats{{
    {"date", "a date such as 2024-05-31", isDate},
    {"time", "a time with its offset such as 14:05:00Z", isTime},
    {"date-time", "a date and time such as 2024-05-31T14:05:00Z", isDateTime},
    {"duration", "a duration such as P3DT4H", isDuration},
    {"email", "an e-mail address", isEmail},
    {"idn-email", "an e-mail address", isInternationalEmail},
    {"hostname", "a host name", isHostname},
    {"ipv4", "an IPv4 address such as 192.0.2.1", isIpv4},
    {"ipv6", "an IPv6 address such as 2001:db8::1", isIpv6},
    {"uri", "a URI with its scheme", isUri},
    {"uri-reference", "a URI or a relative reference", isUriReference},
    {"iri", "an IRI with its scheme", isIri},
    {"iri-reference", "an IRI or a relative reference", isIriReference},
    {"uri-template", "a URI template", isUriTemplate},
    {"uuid", "a UUID", isUuid},
    {"json-pointer", "a JSON pointer such as /a/0", isJsonPointer},
    {"relative-json-pointer", "a relative JSON pointer such as 1/a", isRelativeJsonPointer},
    {"regex", "a regular expression", isRegex},
}};

} // namespace

const Format* formatNamed(std::string_view name) {
    for (const Format& format : kFormats) {
        if (format.name == name) {
            return &format;
        }
    }
    return nullptr;
}

} // namespace meshbone::catalog::jsonschema
