// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace meshbone::catalog::jsonschema {

// Names of things on networks and of places in texts.
bool isEmail(std::string_view text);
bool isInternationalEmail(std::string_view text);
bool isHostname(std::string_view text);
bool isIpv4(std::string_view text);
bool isIpv6(std::string_view text);
bool isUri(std::string_view text);
bool isUriReference(std::string_view text);
bool isIri(std::string_view text);
bool isIriReference(std::string_view text);
bool isUriTemplate(std::string_view text);
bool isUuid(std::string_view text);
bool isJsonPointer(std::string_view text);
bool isRelativeJsonPointer(std::string_view text);

} // namespace meshbone::catalog::jsonschema
