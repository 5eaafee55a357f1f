// SPDX-License-Identifier: Apache-2.0
#include <backbone/acl.h>

#include <fmt/format.h>

#include <sstream>

namespace meshbone::backbone {

Result<AclBinding> parseBinding(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        words.push_back(std::move(word));
    }
    if (words.size() == 6) {
        words.emplace_back(kAnyHost);
    }
    const auto wrong = [&](std::string_view why) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("'{}': {} Write for example 'DENY READ TOPIC LITERAL flights User:x *'.", text, why));
    };
    if (words.size() != 7) {
        return wrong("it isn't a binding.");
    }
    const auto permission = permissionNamed(words[0]);
    const auto operation = operationNamed(words[1]);
    const auto kind = resourceKindNamed(words[2]);
    const auto pattern = patternTypeNamed(words[3]);
    if (!permission || !operation || !kind || !pattern) {
        return wrong(fmt::format("'{}' isn't known.", !permission  ? words[0]
                                                      : !operation ? words[1]
                                                      : !kind      ? words[2]
                                                                   : words[3]));
    }
    AclBinding binding{*kind, *pattern, words[4], words[5], words[6], *operation, *permission};
    const std::string never = whyNeverMatches(binding);
    return never.empty() ? Result<AclBinding>(std::move(binding)) : wrong(never);
}

} // namespace meshbone::backbone
