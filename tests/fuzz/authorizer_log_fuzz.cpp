// SPDX-License-Identifier: Apache-2.0
// Lines of an authorizer's log, in which names stand that clients chose. A decision that is read must be whole, and
// read as the same when it is written as the other authorizer writes it.
#include "access/authorizer_line.h"
#include "evidence/names.h"

#include <backbone/iso_time.h>

#include <cstdlib>
#include <string>

using namespace meshbone;
using namespace meshbone::lineage;

namespace {

/// As AclAuthorizer writes it.
std::string written(const AuthorizerLine& line) {
    auto time = isoTime(line.timeMs);
    time.pop_back();
    std::string text = time + " INFO Principal = ";
    text.append(line.principal).append(line.allowed ? " is Allowed Operation = " : " is Denied Operation = ");
    text.append(formatName(line.operation)).append(" from host = ").append(line.host).append(" on resource = ");
    text.append(formatName(line.resourceKind)).append(":LITERAL:").append(line.resource);
    return text;
}

void check(std::string_view text) {
    const auto read = parseAuthorizerLine(text);
    if (!read || !*read) {
        return;
    }
    const AuthorizerLine& line = **read;
    const auto text2 = written(line);
    const auto again = parseAuthorizerLine(text2);
    if (line.principal.find(':') == std::string_view::npos || line.host.empty() || line.resource.empty() || !again ||
        !*again) {
        std::abort();
    }
    const AuthorizerLine& same = **again;
    if (same.timeMs != line.timeMs || same.allowed != line.allowed || same.principal != line.principal ||
        same.host != line.host || same.resource != line.resource || same.operation != line.operation ||
        same.resourceKind != line.resourceKind) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        check(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return 0;
}
