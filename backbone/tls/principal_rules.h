// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace meshbone::backbone::tls {

/// Kafka's ssl.principal.mapping.rules: how a client is called by its certificate's name. Rules stand one after the
/// other, separated by commas; the first that fits decides:
///
///     DEFAULT                            the name itself
///     RULE:<pattern>/<replacement>/[L|U] the pattern must fit the whole name; $1 is its first group; L, U: letter case
///
/// Patterns are RE2's, which lacks look-around and back-references and never takes long. Value type; any thread.
class PrincipalRules {
public:
    /// InvalidArgument, with the rule, for what Kafka refuses too, and for a pattern that RE2 doesn't know.
    static Result<PrincipalRules> parse(std::string_view rules);
    /// The principal's name without "User:"; none when no rule fits, or its replacement names a group that there isn't.
    [[nodiscard]] std::optional<std::string> principalOf(std::string_view name) const;

private:
    struct Rule {
        std::shared_ptr<const re2::RE2> pattern; ///< null: DEFAULT
        std::string replacement;
        char letters = 0; ///< 'L', 'U' or neither
    };
    static std::optional<std::string> replaced(const Rule& rule, std::string_view name);

    std::vector<Rule> m_rules;
};

} // namespace meshbone::backbone::tls
