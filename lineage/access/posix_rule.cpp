// SPDX-License-Identifier: Apache-2.0
#include "access/posix_rule.h"

namespace meshbone::lineage {
namespace {

constexpr std::int64_t kMinute = 60, kHour = 3'600, kDay = 86'400;
constexpr int kMostHours = 167; // a week, as RFC 8536 allows

/// Takes a rule's text from its front. What doesn't fit leaves it failed.
class Parser {
public:
    explicit Parser(std::string_view text)
        : m_rest(text) {}

    [[nodiscard]] bool isAtEnd() const { return m_rest.empty(); }
    [[nodiscard]] bool isWell() const { return m_isWell; }

    bool skip(char c) {
        if (m_rest.empty() || m_rest.front() != c) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }
    void need(char c) { m_isWell = skip(c) && m_isWell; }

    int number(int least, int most) {
        int value = 0;
        std::size_t digits = 0;
        for (; digits < m_rest.size() && digits < 3 && m_rest[digits] >= '0' && m_rest[digits] <= '9'; ++digits) {
            value = value * 10 + (m_rest[digits] - '0');
        }
        m_rest.remove_prefix(digits);
        m_isWell = m_isWell && digits > 0 && value >= least && value <= most;
        return value;
    }

    /// "CET", "<+03>"
    void name() {
        constexpr std::size_t kLeast = 3;
        const bool isQuoted = skip('<');
        const auto isOfName = [&](char c) {
            const bool isLetter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            return isLetter || (isQuoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'));
        };
        std::size_t size = 0;
        while (size < m_rest.size() && isOfName(m_rest[size])) {
            ++size;
        }
        m_rest.remove_prefix(size);
        m_isWell = m_isWell && size >= kLeast;
        if (isQuoted) {
            need('>');
        }
    }

    /// "-1", "+5:30", "167:00:00"
    std::int64_t time(int mostHours) {
        const bool isNegative = skip('-');
        if (!isNegative) {
            (void)skip('+');
        }
        std::int64_t seconds = number(0, mostHours) * kHour;
        for (const auto unit : {kMinute, std::int64_t{1}}) {
            if (!skip(':')) {
                break;
            }
            seconds += number(0, 59) * unit;
        }
        return isNegative ? -seconds : seconds;
    }

    YearlyMoment moment() {
        YearlyMoment moment;
        if (skip('M')) {
            moment.month = static_cast<unsigned>(number(1, 12));
            need('.');
            moment.week = static_cast<unsigned>(number(1, 5));
            need('.');
            moment.weekday = static_cast<unsigned>(number(0, 6));
        } else if (skip('J')) {
            moment.kind = YearlyMoment::Kind::DayWithoutLeap;
            moment.day = number(1, 365);
        } else {
            moment.kind = YearlyMoment::Kind::Day;
            moment.day = number(0, 365);
        }
        if (skip('/')) {
            moment.seconds = time(kMostHours);
        }
        return moment;
    }

private:
    std::string_view m_rest;
    bool m_isWell = true;
};

std::int64_t secondsOf(std::chrono::sys_days day) {
    return day.time_since_epoch().count() * kDay;
}

} // namespace

std::int64_t YearlyMoment::in(std::chrono::year year) const {
    using namespace std::chrono;
    if (kind == Kind::Weekday) {
        constexpr unsigned kLastWeek = 5;
        const std::chrono::weekday on(weekday);
        const std::chrono::month of(month);
        return seconds + secondsOf(week == kLastWeek ? sys_days(year / of / on[last]) : sys_days(year / of / on[week]));
    }
    const auto first = secondsOf(sys_days(year / January / 1));
    if (kind == Kind::Day) {
        return first + day * kDay + seconds;
    }
    constexpr int kFirstOfMarch = 60;
    return first + (day - 1 + (year.is_leap() && day >= kFirstOfMarch ? 1 : 0)) * kDay + seconds;
}

std::int64_t PosixRule::offsetAt(std::int64_t utcSeconds) const {
    if (!summer) {
        return standard;
    }
    using namespace std::chrono;
    const auto local = sys_seconds(std::chrono::seconds(utcSeconds + standard));
    const auto year = year_month_day(floor<days>(local)).year();
    const auto begins = summer->begins.in(year)-standard, ends = summer->ends.in(year)-summer->offset;
    const bool isSummer = begins < ends ? utcSeconds >= begins && utcSeconds < ends
                                        : utcSeconds >= begins || utcSeconds < ends; // south of the equator
    return isSummer ? summer->offset : standard;
}

std::optional<PosixRule> parsePosixRule(std::string_view text) {
    constexpr int kMostOffsetHours = 24;
    Parser parser(text);
    PosixRule rule;
    parser.name();
    rule.standard = -parser.time(kMostOffsetHours); // POSIX counts westwards
    if (!parser.isAtEnd()) {
        auto& summer = rule.summer.emplace();
        parser.name();
        summer.offset = rule.standard + kHour;
        if (!parser.skip(',')) {
            summer.offset = -parser.time(kMostOffsetHours);
            parser.need(',');
        }
        summer.begins = parser.moment();
        parser.need(',');
        summer.ends = parser.moment();
    }
    return parser.isWell() && parser.isAtEnd() ? std::optional(rule) : std::nullopt;
}

} // namespace meshbone::lineage
