// SPDX-License-Identifier: Apache-2.0
#include "tls/principal_rules.h"

#include "tls/unicode.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <array>
#include <cctype>

namespace meshbone::backbone::tls {

namespace {

using re2::RE2;
using re2::StringPiece;

/// Kafka's own pattern of a rule (SslPrincipalMapper), and how it splits the text into rules.
constexpr const char* kRule = R"re((DEFAULT)|RULE:((\\.|[^\\/])*)/((\\.|[^\\/])*)/([LU]?).*?|(.*?))re";
constexpr int kDefaultGroup = 1;
constexpr int kPatternGroup = 2;
constexpr int kReplacementGroup = 4;
constexpr int kCaseGroup = 6;
constexpr int kRuleGroups = 8; ///< with the whole

std::string_view viewOf(const StringPiece& piece) {
    return {piece.data(), piece.size()};
}

std::vector<std::string> split(std::string_view text) {
    static const RE2 splitter(fmt::format(R"(\s*({})\s*(,\s*|$))", kRule));
    std::vector<std::string> rules;
    std::array<StringPiece, 2> found;
    for (std::size_t at = 0; at <= text.size();) {
        if (!splitter.Match(StringPiece(text.data(), text.size()), at, text.size(), RE2::UNANCHORED, found.data(),
                            static_cast<int>(found.size()))) {
            break;
        }
        rules.emplace_back(viewOf(found[1]));
        const auto end = static_cast<std::size_t>(found[0].data() - text.data()) + found[0].size();
        at = found[0].empty() ? end + 1 : end;
    }
    return rules;
}

/// Java writes (?<name>…), this version of RE2 (?P<name>…).
std::string asRe2(std::string_view pattern) {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool named = pattern.substr(i).starts_with("(?<") && i + 3 < pattern.size() &&
                           std::isalpha(static_cast<unsigned char>(pattern[i + 3])) != 0;
        if (pattern[i] == '\\' && i + 1 < pattern.size()) {
            text += pattern[i++];
            text += pattern[i];
        } else if (named) {
            text += "(?P<";
            i += 2;
        } else {
            text += pattern[i];
        }
    }
    return text;
}

/// A replacement of Java's Matcher.appendReplacement, as Kafka prepares it, put together for one match.
class Replacement {
public:
    Replacement(const RE2& pattern, std::string_view text)
        : m_pattern(pattern)
        , m_text(text) {}

    /// Nothing when it names a group that there isn't, or ends in the middle.
    std::optional<std::string> of(const std::vector<StringPiece>& groups) {
        m_out.clear();
        for (m_at = 0; m_at < m_text.size();) {
            const char c = m_text[m_at++];
            if (c != '\\' && c != '$') {
                m_out += c;
            } else if (m_at == m_text.size() || (c == '$' && !reference(groups))) {
                return std::nullopt;
            } else if (c == '\\') {
                m_out += m_text[m_at++];
            }
        }
        return m_out;
    }

private:
    bool reference(const std::vector<StringPiece>& groups) {
        if (m_text[m_at] == '{') {
            return named(groups);
        }
        const int count = m_pattern.NumberOfCapturingGroups();
        const auto digits =
            m_text.substr(m_at, std::min(m_text.find_first_not_of("0123456789", m_at), m_text.size()) - m_at);
        if (digits.empty()) {
            return false;
        }
        if (digits.front() != '0' && digits.front() - '0' > count) {
            m_out += '$'; // Kafka's own: what is no group stands for itself, unless the pattern has none at all
            return count > 0;
        }
        int group = digits.front() - '0';
        std::size_t used = 1;
        while (used < digits.size() && group * 10 + (digits[used] - '0') <= count) {
            group = group * 10 + (digits[used++] - '0');
        }
        m_at += used;
        m_out += viewOf(groups[static_cast<std::size_t>(group)]);
        return true;
    }

    bool named(const std::vector<StringPiece>& groups) {
        const auto end = m_text.find('}', m_at);
        if (end == std::string_view::npos) {
            return false;
        }
        const auto& names = m_pattern.NamedCapturingGroups();
        const auto group = names.find(std::string(m_text.substr(m_at + 1, end - m_at - 1)));
        if (group == names.end()) {
            return false;
        }
        m_at = end + 1;
        m_out += viewOf(groups[static_cast<std::size_t>(group->second)]);
        return true;
    }

    const RE2& m_pattern;
    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

std::size_t afterCharacter(std::string_view utf8, std::size_t at) {
    do {
        ++at;
    } while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xc0U) == 0x80U);
    return at;
}

std::unexpected<Error> refuseRule(std::string_view rule, std::string_view why) {
    return fail(ErrorCode::InvalidArgument, fmt::format("ssl.principal.mapping.rules: '{}' {}; rules are DEFAULT or "
                                                        "RULE:pattern/replacement/[L|U], separated by commas.",
                                                        rule, why));
}

} // namespace

Result<PrincipalRules> PrincipalRules::parse(std::string_view rules) {
    static const RE2 parser(kRule);
    PrincipalRules parsed;
    const auto begin = std::min(rules.find_first_not_of(" \t\r\n"), rules.size());
    const auto end = rules.find_last_not_of(" \t\r\n") + 1;
    const auto all = split(rules.substr(begin, std::max(end, begin) - begin));
    for (const auto& rule : all) {
        std::array<StringPiece, kRuleGroups> part;
        const bool fits = parser.Match(rule, 0, rule.size(), RE2::ANCHOR_START, part.data(), kRuleGroups);
        if (!fits || part[0].size() != rule.size()) {
            return refuseRule(rule, "is no rule");
        }
        if (part[kDefaultGroup].data() != nullptr) {
            parsed.m_rules.emplace_back();
        } else if (part[kPatternGroup].data() != nullptr) {
            RE2::Options quiet;
            quiet.set_log_errors(false);
            auto pattern = std::make_shared<const RE2>(asRe2(viewOf(part[kPatternGroup])), quiet);
            if (!pattern->ok()) {
                return refuseRule(rule, fmt::format("has a pattern that can't be used ({})", pattern->error()));
            }
            const auto letters = part[kCaseGroup].empty() ? '\0' : part[kCaseGroup][0];
            parsed.m_rules.push_back({std::move(pattern), std::string(viewOf(part[kReplacementGroup])), letters});
        }
    }
    return parsed;
}

/// As Java's replaceAll: every place where the pattern is found, an empty one right behind a match too.
std::optional<std::string> PrincipalRules::replaced(const Rule& rule, std::string_view name) {
    std::vector<StringPiece> groups(static_cast<std::size_t>(rule.pattern->NumberOfCapturingGroups()) + 1);
    Replacement replacement(*rule.pattern, rule.replacement);
    std::string out;
    std::size_t copied = 0;
    for (std::size_t at = 0; at <= name.size();) {
        if (!rule.pattern->Match(StringPiece(name.data(), name.size()), at, name.size(), RE2::UNANCHORED, groups.data(),
                                 static_cast<int>(groups.size()))) {
            break;
        }
        const auto text = replacement.of(groups);
        if (!text) {
            return std::nullopt;
        }
        const auto start = static_cast<std::size_t>(groups[0].data() - name.data());
        out.append(name.substr(copied, start - copied)).append(*text);
        copied = start + groups[0].size();
        at = groups[0].empty() ? afterCharacter(name, copied) : copied;
    }
    return out.append(name.substr(std::min(copied, name.size())));
}

std::optional<std::string> PrincipalRules::principalOf(std::string_view name) const {
    if (name.data() == nullptr) {
        name = "";
    }
    for (const auto& rule : m_rules) {
        if (!rule.pattern) {
            return std::string(name);
        }
        if (!RE2::FullMatch(StringPiece(name.data(), name.size()), *rule.pattern)) {
            continue;
        }
        auto principal = replaced(rule, name);
        if (principal && rule.letters != 0) {
            principal = inCase(*principal, rule.letters == 'L' ? LetterCase::Lower : LetterCase::Upper);
        }
        return principal;
    }
    return std::nullopt;
}

} // namespace meshbone::backbone::tls
